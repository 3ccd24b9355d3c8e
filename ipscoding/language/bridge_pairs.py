"""Words whose Bokmål twin no rule finds: Nynorsk first, then a light layer of dialect as it is written down."""


def _pairs(table: str) -> dict[str, str]:
    return dict(pair.split(":", 1) for pair in table.split())


NYNORSK = _pairs(
    """
    eg:jeg me:vi dei:de deira:deres dykk:dere dykkar:deres ho:hun hennar:hennes korleis:hvordan kva:hva kven:hvem
    kvar:hver kvart:hvert kvarandre:hverandre kor:hvor kvarleis:hvordan nokon:noen nokre:noen noko:noe nokor:noen
    nokolunde:noenlunde einkvan:noen inkje:ikke sjølve:selve sjølvsagt:selvfølgelig berre:bare mykje:mye meir:mer
    frå:fra vere:være vera:være vore:være verte:bli verta:bli vert:bli vart:bli vorte:bli gjere:gjøre gjera:gjøre
    gjer:gjøre gje:gi gjev:gi gjeve:gi gjeva:gi kome:komme koma:komme kjem:komme seie:si seia:si seier:si sagt:si
    sa:si sjå:se såg:se sett:se la:legge vil:ville tore:tørre tør:tørre torde:tørre halde:holde held:holde
    heldt:holde haldt:holde haldning:holdning høyre:høre høyrde:høre høyrer:høre køyre:kjøre køyrer:kjøre
    køyrde:kjøre røyve:røre røyst:stemme røyste:stemme byrje:begynne byrja:begynne byrjar:begynne tru:tro trur:tro
    trudde:tro synast:synes spørje:spørre spurnad:spørsmål skjøne:skjønne skjønar:skjønne skjøner:skjønne
    skjøna:skjønne trong:trenge bu:bo budde:bo døy:dø døydde:dø gløyme:glemme gløymer:glemme gløymde:glemme
    gøyme:gjemme drøyme:drømme draumar:drømmer drøyma:drømme ete:spise bere:bære ber:bære bar:bære bore:bære bede:be
    velje:velge valde:velge valt:velge fylgje:følge følgje:følge følgjer:følge fylgjer:følge følgde:følge
    fylgde:følge følgt:følge rekne:regne reknar:regne rekna:regne røkje:røyke selje:selge selde:selge telje:telle
    setje:sette set:sette legg:legge ligg:ligge låg:ligge bygg:bygge tryggleik:trygghet saman:sammen åleine:alene
    heime:hjemme heim:hjem heile:hele heil:hel heilt:helt heilskap:helhet stundom:iblant sjeldan:sjelden no:nå då:da
    sidan:siden enno:ennå eingong:engang ein:en eit:et eitt:et éin:en éi:en éitt:et tri:tre fyrst:først
    fyrste:første òg:også difor:derfor dersom:hvis viss:hvis utan:uten hjå:hos kring:rundt ikring:rundt attmed:ved
    attende:tilbake att:igjen attpå:dessuten vekk:bort såleis:slik truverdig:troverdig tiltru:tillit døme:eksempel
    skilnad:forskjell skilnaden:forskjellen høve:anledning høvet:anledningen moglegheit:mulighet
    moglegheiter:muligheter moglegheita:muligheten mogleg:mulig umogleg:umulig eigen:egen eiga:egen eige:eie
    eigne:egne verke:virke verkar:virke verka:virke rettleiar:veileder rettleiaren:veilederen rettleiarar:veiledere
    rettleiing:veiledning rettleie:veilede vegleiar:veileder vegleiing:veiledning sakshandsamar:saksbehandler
    handsame:behandle handsaming:behandling handsama:behandle behandlar:behandler leiar:leder leiaren:lederen
    leiarar:ledere leiarane:lederne leie:lede leiing:ledelse leiinga:ledelsen avdelingsleiar:avdelingsleder
    teamleiar:teamleder tilsett:ansatt tilsette:ansette tilsetjing:ansettelse tilsetje:ansette løn:lønn løna:lønnen
    lønstilskot:lønnstilskudd tilskot:tilskudd tilskotet:tilskuddet røynsle:erfaring røynsler:erfaringer sjuk:syk
    sjuke:syke sjukt:sykt sjukdom:sykdom sjukdomen:sykdommen sjukdommar:sykdommer sjukehus:sykehus
    sjukehuset:sykehuset sjukemelding:sykemelding sjukmelding:sykmelding sjukmeld:sykmeldt sjukmelde:sykmelde
    sjukepengar:sykepenger sjukepleiar:sykepleier sjukepleiaren:sykepleieren sjukefråvær:sykefravær fråvær:fravær
    helsestell:helsevesen liding:lidelse lidingar:lidelser svolten:sulten trøytt:trøtt trøytte:trøtte
    trøyttleik:tretthet betre:bedre ottast:frykte einsam:ensom brukarar:brukere brukaren:brukeren pårørte:pårørende
    ven:venn vener:venner lækjar:lege lækjaren:legen tenester:tjenester teneste:tjeneste tenesta:tjenesten
    tenestene:tjenestene tilvising:henvisning tilvise:henvise tilviser:henvise tilvist:henvist rettar:rettigheter
    teieplikt:taushetsplikt teieplikta:taushetsplikten teie:tie oppgåve:oppgave oppgåver:oppgaver oppgåva:oppgaven
    måltal:måltall tal:tall talet:tallet tala:tallene yting:ytelse ytingar:ytelser ytinga:ytelsen husleige:husleie
    leige:leie leiger:leie bustad:bolig bustaden:boligen bustader:boliger veg:vei vegen:veien vegar:veier
    ferje:ferge reiseveg:reisevei tettstad:tettsted stad:sted staden:stedet stader:steder styresmakt:myndighet
    styresmakter:myndigheter helseføretak:helseforetak framleis:fortsatt framom:foran føremål:formål
    førebu:forberede førebuing:forberedelse førebels:foreløpig føreseieleg:forutsigbar auke:øke aukar:øke auka:øke
    hjelpte:hjelpe hjelparar:hjelpere uviss:usikker uvisse:usikkerhet tolmod:tålmodighet tolmodig:tålmodig
    motløyse:motløshet håplaus:håpløs von:håp vone:håpe meining:mening meine:mene meiner:mene meinte:mene
    meiningsfull:meningsfull kjensle:følelse kjensler:følelser kjensla:følelsen kjende:kjenne kjennast:kjennes
    oppleving:opplevelse opplevingar:opplevelser lukkast:lykkes lukkest:lykkes lukke:lykke mislukkast:mislykkes
    eigarskap:eierskap eigar:eier åtferd:atferd haldningar:holdninger løyse:løse løyser:løse løyste:løse
    løysing:løsning løysingar:løsninger løysinga:løsningen avgjere:avgjøre avgjer:avgjøre avgjerd:avgjørelse
    avgjerda:avgjørelsen nytte:bruke nyttar:bruke nytta:bruke gagn:nytte tilpassing:tilpasning
    kunngjering:kunngjøring lysing:utlysning utlysing:utlysning gong:gang gongen:gangen gonger:ganger
    nokosinne:noensinne veke:uke veker:uker veka:uken månad:måned månader:måneder månaden:måneden morgon:morgen
    morgonen:morgenen måndag:mandag tysdag:tirsdag sundag:søndag sumar:sommer haust:høst hausten:høsten jol:jul
    augo:øye auga:øye auge:øye hovud:hode hovudet:hodet andlet:ansikt stove:stue stova:stuen kjøken:kjøkken
    kjøkenet:kjøkkenet vatn:vann mjølk:melk kjøt:kjøtt golv:gulv golvet:gulvet namn:navn namnet:navnet
    naudsynt:nødvendig naudsynleg:nødvendig naud:nød langsam:langsom sein:sen seint:sent seinare:senere
    einast:eneste einaste:eneste open:åpen ope:åpent opne:åpne vaksen:voksen vaksne:voksne gammal:gammel
    gamal:gammel manglar:mangle tilhøve:forhold tilhøyrsle:tilhørighet deltaking:deltakelse tilrå:anbefale
    tilråding:anbefaling tilrår:anbefale utgreiing:utredning utgreie:utrede klarar:klarer stogge:stoppe
    stoggar:stopper stoggast:stoppes hjarte:hjerte rusteneste:rustjeneste mellombels:midlertidig heiltid:heltid
    medan:mens annan:annen anna:annet utanfor:utenfor innan:innen utanfrå:utenfra utanom:utenom derifrå:derfra
    ifrå:fra herifrå:herfra verkstad:verksted teikne:tegne teikning:tegning nemne:nevne bilete:bilde bilet:bilde
    endå:enda kjærast:kjæreste overlækjar:overlege vekse:vokse skilje:skille vindauge:vindu vindauga:vindu
    byrjing:begynnelse tole:tåle tolde:tålte oppteken:opptatt opptekne:opptatt tilknyting:tilknytning
    vidaregåande:videregående forteljing:fortelling vêr:vær kyrkje:kirke heilag:hellig samanlikne:sammenligne
    samanlikna:sammenligne motteke:mottatt motteken:mottatt lønsslipp:lønnslipp orsaking:unnskyldning jau:jo
    påskot:påskudd tillitsvald:tillitsvalgt lukkeleg:lykkelig samvit:samvittighet kaffi:kaffe køyring:kjøring
    samhald:samhold rådgjevar:rådgiver sysselsetjing:sysselsetting granne:nabo verksemd:virksomhet eining:enhet
    marknad:marked leigebuar:leieboer rekneskap:regnskap reknestykke:regnestykke reinhald:renhold reinhaldar:renholder
    utteljing:uttelling so:så framand:fremmed medverknad:medvirkning innverknad:innvirkning verknad:virkning
    biverknad:bivirkning biverknader:bivirkninger freiste:forsøke krevje:kreve venje:vane born:barn syster:søster
    son:sønn dotter:datter redsle:redsel otte:frykt skuld:skyld heimla:hjemle fornøgd:fornøyd misnøgd:misfornøyd
    nøgd:fornøyd skule:skole skular:skoler utskriving:utskrivning innlegging:innleggelse leggje:legge liggje:ligge
    tyggje:tygge byggje:bygge
    guten:gutten gut:gutt gutar:gutter gutane:guttene slepp:slippe sleppe:slippe driv:drive søv:sove sov:sove
    sit:sitte les:lese syng:synge skriv:skrive finn:finne vaken:våken vakne:våkne vakna:våkne raud:rød raudt:rødt
    raude:røde botn:bunn botnen:bunnen høgast:høyest høg:høy høgt:høyt høge:høye høgare:høyere leite:lete leitar:lete
    åtvare:advare annleis:annerledes samstundes:samtidig grunngjeving:begrunnelse grunngje:begrunne omsyn:hensyn
    rekning:regning rekninga:regningen samd:enig samde:enige usamd:uenig usamde:uenige semje:enighet usemje:uenighet
    heimlaus:hjemløs laus:løs lause:løse laust:løst sjølvstendig:selvstendig stadfeste:bekrefte lyge:lyve verje:verge
    slitsam:slitsom slitsamt:slitsomt korkje:verken elles:ellers somme:noen vitje:besøke lyt:må overtydd:overbevist
    blomar:blomster blome:blomst glas:glass glaset:glasset kvile:hvile gløymt:glemt munnleg:muntlig føretak:foretak
    føretaket:foretaket leilegheit:leilighet framlegg:forslag vaktmeister:vaktmester nærmare:nærmere
    tidlegare:tidligere vidare:videre førre:forrige sakne:savne sakna:savne ringje:ringe ringjer:ringe tenkje:tenke
    tenkjer:tenke røykje:røyke røykjer:røyke søkje:søke søkjer:søke søkjar:søker jobbsøkjar:jobbsøker
    jobbsøkjaren:jobbsøkeren jobbsøkjarar:jobbsøkere jobbsøkjarane:jobbsøkerne arbeidsgjevaren:arbeidsgiveren
    arbeidsgjevarar:arbeidsgivere arbeidsgjevarane:arbeidsgiverne medarbeidar:medarbeider lærar:lærer lærarar:lærere
    trekkje:trekke trekkjer:trekke merkje:merke merkjer:merke styrkje:styrke rekkje:rekke strekkje:strekke
    dekkje:dekke verkje:verke val:valg valet:valget gjorde:gjøre byte:bytte byter:bytte snikkar:snekker
    handverk:håndverk handverkar:håndverker songen:sangen song:sang symje:svømme ilag:sammen korleis:hvordan
    kvifor:hvorfor difor:derfor soleis:slik likeins:likedan jamleg:jevnlig jamt:jevnt jamn:jevn
    heimekontor:hjemmekontor heimesjukepleie:hjemmesykepleie heimeteneste:hjemmetjeneste uføretrygda:uføretrygden
    ynske:ønske ynskje:ønske ynskjer:ønske ønskje:ønske ønskjer:ønske eige:egen eine:ene fleire:flere stogga:stoppe
    stogge:stoppe opna:åpne opnar:åpne lova:love lovar:love byrjinga:begynnelsen skulda:skylden skuldar:skylde
    kvardagen:hverdagen kvardag:hverdag arbeidslaus:arbeidsløs arbeidsløyse:arbeidsløshet truge:true trugsmål:trussel
    lækje:lege
    pratar:prate fortelje:fortelle fortel:fortelle hugse:huske hugsar:huske hugsa:huske jobbar:jobbe slåst:slåss
    møtast:møtes heite:hete heiter:hete heitte:hete
    """
)
"""Nynorsk to Bokmål: function words, words of the field and forms that rules and dictionary would get wrong."""

DIALECT = _pairs(
    """
    hainn:han hain:han hainnj:han haj:han hæin:han hånn:han vorre:være vårre:være vørre:være vøri:være vøra:være
    någe:noe noge:noe nåken:noen nåke:noe noken:noen nogen:noen bynt:begynne bynte:begynne kvær:hver
    kværandre:hverandre kværainner:hverandre so:så tebake:tilbake tebage:tilbake tilbage:tilbake ud:ut ude:ute udi:uti
    go:god annan:annen annar:annen ainna:annen ainner:annen skrevve:skrive kainn:kan kainnj:kan jæ:jeg ifrå:fra
    derifrå:derfra hærifrå:herfra haue:hode hauet:hode hoill:holde hoille:holde hållj:holde hålle:holde vårres:vår
    våres:vår fæm:fem sjer:skje gåan:gå ætterpå:etterpå ittepå:etterpå itepå:etterpå engong:engang møje:mye møkje:mye
    kuinn:kunne kuinne:kunne mainn:mann mainnj:mann lainn:land mandan:mandag tirsdan:tirsdag onsdan:onsdag
    torsdan:torsdag fredan:fredag lørdan:lørdag lørda:lørdag sønda:søndag søndan:søndag manda:mandag tirsda:tirsdag
    onsda:onsdag torsda:torsdag torsa:torsdag freda:fredag jau:jo synst:synes nammet:navn namn:navn dæmmes:deres
    dems:deres dæres:deres dæmmers:deres lovve:lov kaille:kalle kaill:kalle uansætt:uansett adle:alle ailltid:alltid
    ailler:aldri dåke:dere døm:de åkke:oss æille:alle kømmer:komme gjorr:gjøre væla:vel ferrdi:ferdig kossen:hvordan
    kossjn:hvordan kåss:hvordan kesse:hvordan kefor:hvorfor kvaffor:hvorfor kannt:hvor kortid:når katti:når nårti:når
    åffer:hvorfor åffor:hvorfor itnå:ikke ittno:ingenting ikkjeno:ingenting nokko:noe nåkko:noe ått:at imårra:imorgen
    mårra:morgen morra:morgen mårran:morgen kveillen:kveld kvæll:kveld kvæld:kveld kveill:kveld fortæll:fortelle
    fortælt:fortelle fårtelt:fortelle læng:lenge længer:lenge vessja:hvis vess:hvis vissja:hvis kje:ikke kke:ikke
    itt:ikke n:han jekk:gikk skjønt:skjønne skjønna:skjønne
    ska:skal sia:siden tel:til åt:til aleina:alene åleina:alene daga:dager gång:gang gånga:gangen fyste:første
    fysste:første vett:vet huet:hodet my:mye kofør:hvorfor koffør:hvorfor ætter:etter lell:likevel mella:mellom
    mell:mellom hå:hva veta:vite uge:uke ugå:uken vettu:vet asså:altså hvertfall:iallfall kverrtfall:iallfall
    syns:synes døtter:datter dokk:dere ennu:ennå dau:død gjord:gjort nårr:når dokteren:doktoren morran:morgenen
    seinar:senere gjæring:gjerning råka:treffe treffa:treffe jobba:jobbet vænt:vente vænte:vente trudd:tro
    fårstå:forstå skjønna:skjønne kvifor:hvorfor
    æ:jeg æg:jeg ej:jeg e:er mæ:meg dæ:deg sæ:seg dåkk:dere dokker:dere dåkker:dere dæm:dem demm:dem hu:hun
    hannj:han hanj:han itj:ikke itje:ikke itte:ikke ittj:ikke ikkj:ikke ikkje:ikke inte:ikke ente:ikke
    ikkeno:ingenting ingenteng:ingenting ka:hva kem:hvem kæm:hvem korsn:hvordan korsen:hvordan kordan:hvordan
    koss:hvordan kossn:hvordan kåssen:hvordan åssen:hvordan koffer:hvorfor koffør:hvorfor kafør:hvorfor
    kåfår:hvorfor hvaffor:hvorfor nån:noen nånn:noen nåen:noen nåkke:noe nokka:noe nåkka:noe nåe:noe nåkå:noe
    noko:noe nåkken:noen nokken:noen nånting:noe nokkenting:noe va:var vart:ble blei:ble vørti:blitt vorti:blitt
    værra:være vårrå:være hadd:hadde sku:skulle skull:skulle kunn:kunne kunna:kunne måtta:måtte mått:måtte
    kjæm:kommer kjem:kommer kåmmå:komme kåmmer:kommer gjær:gjør jør:gjør gjer:gjør gjor:gjorde førr:for fær:for
    førri:fordi førrdi:fordi fårdi:fordi fårr:for ifra:fra tell:til te:til mæn:men åsså:også åsse:også au:også
    åg:også osså:også bærre:bare bærr:bare barre:bare mykkje:mye mykje:mye mytji:mye meir:mer mæir:mer meire:mer
    flær:flere fleir:flere mang:mange mangen:mange allje:alle hær:her dær:der dærr:der heim:hjem hjæm:hjem
    heime:hjemme hjæmme:hjemme sjøl:selv sjølv:selv sjæl:selv såndær:sånn slek:slik sjlik:slik nu:nå no:nå nåo:nå
    dåkkers:deres hannes:hans dett:dette dettan:dette detta:dette denna:denne tia:tiden tida:tiden heile:hele
    hæile:hele heilt:helt hæilt:helt aill:alle aille:alle tænk:tenke tænke:tenke trur:tror trudd:trodde
    trudde:trodde veit:vet vætt:vet vesst:visste veisst:visste sei:sier sie:sier sæi:sier såg:så sjå:se fekk:fikk
    fækk:fikk gjekk:gikk jekk:gikk gjækk:gikk stod:sto arbe:arbeid arbæ:arbeid arbei:arbeid jøbb:jobb sjuk:syk
    sjukt:sykt kjuk:syk doktern:doktoren penga:penger pængan:pengene ongan:ungene ungan:ungene onga:unger
    folkan:folkene dagan:dagene skola:skole lærern:læreren snakka:snakket prata:pratet spurt:spurte ein:en ei:en
    eitt:ett eit:et føst:først fyst:først gammal:gammel gammalt:gammelt lita:liten braut:brøt
    """
)
"""Dialect, as transcribers write it, to Bokmål; only forms that stand for little else in a Bokmål text."""
