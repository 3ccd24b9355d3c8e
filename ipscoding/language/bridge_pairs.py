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
    same:samme sat:satt sitje:sitter sitjande:sitter tek:tar teken:tar handa:hånd hand:hånd handled:håndledd
    heitt:heter brukar:brukere brukarane:brukere heng:henger saka:saken drog:dro tykte:synes tykkjer:synes
    tykkje:synes tykkjest:synes gard:gård garden:gård gardane:gård gardar:gård verda:verden leita:lete leitte:lete
    tyder:betyr tyde:bety tydde:betyr rein:ren reine:ren reint:ren tene:tjene tener:tjene tente:tjene tent:tjene
    spele:spille spela:spille spelar:spille spelte:spille spelt:spille spel:spill spelet:spill førehand:forhånd
    øvst:øverst øvste:øverst sjukeheim:sykehjem sjukeheimen:sykehjem heimen:hjem høyrest:høres høyrdest:høres
    høyrast:høres høyrt:hører høyr:hører hamne:havne hamna:havne hamnar:havne hamn:havn hol:hull holet:hull
    meint:mene tinga:ting løyve:tillatelse løyvet:tillatelse kyr:ku kyrne:ku arbeidskleda:arbeidsklær
    arbeidsklede:arbeidsklær kleda:klær klede:klær kjærasten:kjæreste kjæraste:kjæreste vesle:lille stolar:stol
    stolane:stol plar:pleie pla:pleie nedst:nederst øving:øvelse øvinga:øvelse øvingar:øvelse øvingane:øvelse
    orda:ord mjuk:myk mjuke:myk mjukt:myk kvilte:hvile kviler:hvile kvilt:hvile vaks:vokse veks:vokse skåp:skap
    skåpet:skap skåpa:skap røynda:virkelighet motsett:motsatt motsette:motsatt mistar:miste mista:miste line:linje
    lina:linje liner:linje linene:linje grøn:grønn grøne:grønn velkomen:velkommen trass:tross overtyde:overbevise
    overtydde:overbevise opning:åpning opninga:åpning opningar:åpning opningstid:åpningstid opningstida:åpningstid
    opningstidene:åpningstid kvit:hvit kvite:hvit kvitt:hvit helsing:hilsen helsinga:hilsen helsar:hilse
    helste:hilse gle:glede gler:glede gledde:glede avløysar:avløser avløysaren:avløser avløysarar:avløser
    øydelegge:ødelegge øydeleggje:ødelegge øydelagt:ødelegge øydelegg:ødelegge øydela:ødelegge oversyn:oversikt
    oversynet:oversikt mjølke:melke mjølkar:melke mjølka:melke mekanikar:mekaniker mekanikaren:mekaniker
    mekanikarane:mekaniker føreslå:foreslå føreslo:foreslå føreslått:foreslå føreslår:foreslå øyra:øre øyret:øre
    øyre:øre øyro:øre ytst:ytterst ytste:ytterst venleg:vennlig vennleg:vennlig utsetje:utsette utsetjast:utsette
    utset:utsette tøflar:tøffel takksam:takknemlig sanning:sannhet sanninga:sannhet røyrleggjar:rørlegger
    røyrleggjaren:rørlegger oppseiing:oppsigelse oppseiinga:oppsigelse omveg:omvei omvegen:omvei omvegar:omvei
    løner:lønne liknar:ligne likna:ligne likne:ligne koppar:kopp høver:passe høvde:passe høgtalar:høyttaler
    hugen:lyst heimel:hjemmel heimelen:hjemmel handskrift:håndskrift handskrifta:håndskrift gissar:gjette
    gissa:gjette gisse:gjette friskare:frisk forsking:forskning forskinga:forskning drege:dra dregen:dra
    behalde:beholde behald:beholde behaldt:beholde avgrensing:avgrensning aust:øst aleine:alene
    aldersheim:aldershjem aldersheimen:aldershjem vedgå:innrømme utviding:utvidelse utvidinga:utvidelse
    utgreidd:utrede uråd:umulig tillitsvalde:tillitsvalgt pusteøving:pusteøvelse pusteøvingar:pusteøvelse
    pusteøvingane:pusteøvelse omn:ovn omnen:ovn nyfiken:nysgjerrig nyfikne:nysgjerrig laut:måtte krava:krav
    klår:klar klårt:klar klåre:klar løyving:bevilgning løyvinga:bevilgning innspel:innspill innspelet:innspill
    innhald:innhold innhaldet:innhold hjarta:hjerte hjartet:hjerte hjartebank:hjertebank heimeside:hjemmeside
    heimesida:hjemmeside heimesidene:hjemmeside handbok:håndbok handboka:håndbok gåve:gave gåva:gave gløymd:glemme
    glasdør:glassdør glasdøra:glassdør fråsegn:uttalelse fråsegna:uttalelse fryktar:frykte frykta:frykte
    føreveg:forvei førevegen:forvei flaug:fly flyg:fly eigenskap:egenskap eigenskapen:egenskap eigenskapar:egenskap
    draumejobb:drømmejobb draumejobben:drømmejobb begeistra:begeistret arbeidsmarknad:arbeidsmarked
    arbeidsmarknaden:arbeidsmarked marknaden:marked annakvar:annenhver annankvar:annenhver annakvart:annenhver
    æra:ære verkstaden:verksted verkstadar:verksted velmeint:velment vedkomande:vedkommende valden:vold
    utrekning:utregning utløyse:utløse utløyser:utløse utløyste:utløse utgåve:utgave spegel:speil spegelen:speil
    soge:historie soga:historie snøgg:rask snøgt:rask skugge:skygge skuggen:skygge rørsle:bevegelse seljar:selger
    seljaren:selger samleband:samlebånd samlebandet:samlebånd retningsline:retningslinje retningslina:retningslinje
    retningslinene:retningslinje rekneskapen:regnskap rekneskapsførar:regnskapsfører
    rekneskapsføraren:regnskapsfører personlegdom:personlighet forstyrring:forstyrrelse forstyrringar:forstyrrelse
    oppvaksen:oppvokst omvising:omvisning nytilsett:nyansatt mjøl:mel leike:leke leika:leke leikar:leke leik:lek
    leiken:lek kviskre:hviske kviskrar:hviske kviskra:hviske kosthald:kosthold kosthaldet:kosthold kople:koble
    kopla:koble koplar:koble keisemd:kjedsomhet keisam:kjedelig keisamt:kjedelig innleige:innleie høgde:høyde
    høgda:høyde hostar:hoste handtere:håndtere handterer:håndtere handterte:håndtere handtrykk:håndtrykk
    handtrykket:håndtrykk halvvegs:halvveis gravferd:begravelse gravferda:begravelse graut:grøt gøymt:gjemme
    gardbrukar:gårdbruker gamleheim:gamlehjem gamleheimen:gamlehjem førenamn:fornavn førenamnet:fornavn fylgt:følge
    fridom:frihet fridomen:frihet fosterheim:fosterhjem fosterheimen:fosterhjem forkorting:forkortelse
    forkortingar:forkortelse forkortingane:forkortelse djup:dyp djupt:dyp djupe:dyp daud:død daudt:død vitjing:besøk
    vindauget:vindu ver:vær veret:vær varsam:forsiktig varsamt:forsiktig uthaldande:utholdende utval:utvalg
    utvalet:utvalg tolking:tolkning tolkinga:tolkning tjuv:tyv teikn:tegn teiknet:tegn teiknar:tegne teikna:tegne
    vakse:vokse lukka:lukke lukkar:lukke kalla:kalle kallar:kalle bad:be syner:vise synte:vise gjeld:gjelde
    jobba:jobbe torer:tørre van:vant ferja:ferge ferjer:ferge ferjene:ferge tapa:tape unnateke:unntatt
    innanfor:innenfor snakkast:snakkes føreset:forutsetter noreg:norge laurdag:lørdag skula:skole skulen:skole
    barnevernet:barnevern nedanfor:nedenfor framfor:foran einig:enig einige:enig ueinig:uenig ueinige:uenig
    kyrkja:kirke kyrkjegard:kirkegård sommaren:sommer vinteren:vinter
    arbeide:jobbe arbeider:jobbe arbeidde:jobbe arbeidd:jobbe slik:sånn slike:sånn slikt:sånt verksemd:bedrift
    verksemda:bedrift verksemder:bedrift verksemdene:bedrift
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
    ho:hun kor:hvor samma:samme sama:samme same:samme gong:gang gongen:gang gonger:gang ligg:ligge glømt:glemme
    glømme:glemme glømte:glemme heng:henge stilt:stille slepp:slippe sleppa:slippe sloppe:slippe hør:høre någen:noen
    hand:hånd handa:hånd kvar:hver hendern:hendene gut:gutt guten:gutt anner:andre utafor:utenfor tru:tro ner:ned
    nere:nede mein:mene låg:ligge høg:høy høgt:høyt høge:høye held:holde helde:holde burd:burde tredve:tretti tek:ta
    tennern:tennene fingran:fingrene veg:vei vegen:vei heil:hel heila:hele gla:glad derifra:derfra spring:springe
    snakte:snakke noke:noe kontoran:kontorene komt:kommet imella:mellom hue:hode gjømt:gjemme gjømte:gjemme
    følgte:følge frå:fra bynne:begynne bynn:begynne vorte:blitt sjølsagt:selvfølgelig sjukmeldt:sykmeldt
    sittanes:sitte farligt:farlig behandleran:behandlerne lederan:lederne dårligar:dårligere likavel:likevel
    gølv:gulv gølvet:gulv møde:møte mødet:møte førrstå:forstå førrstår:forstå finnst:finnes ettermiddan:ettermiddag
    fredagan:fredag fredaga:fredag då:da aleine:alene kent:kjent sidde:sitte uden:uten he:har dom:de atte:at
    sjukehus:sykehus sjukehuset:sykehus sjukhuset:sykehus sjuke:syke veka:uke stola:stol sætte:sette sætt:sette
    verkstan:verksted fortelt:fortalt fortælte:fortelle kviskra:hviske gard:gård gården:gård gardane:gård
    sjukepleieran:sykepleier annakver:annenhver annakvar:annenhver morramøtet:morgenmøte morramøte:morgenmøte
    kontrakta:kontrakt søknan:søknad timan:timene bua:bo meinte:mene meint:mene
    meine:mene meiner:mene
    """
)
"""Dialect, as transcribers write it, to Bokmål; only forms that stand for little else in a Bokmål text."""
