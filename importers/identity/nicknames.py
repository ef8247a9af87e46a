"""Short and pet forms of given names in several languages, and spellings of one name in another script.

Our own table: forms that people use for themselves in business. Translations (John, Jean, Juan) are not in it: few
people are known by two of them.
"""

from __future__ import annotations

__all__ = ["name_families"]

# Families are parted by semicolons, the full name first. A form may stand in several (Alex, Sasha, Chris).
_FAMILIES = """
abigail abby gail; adam ade; adelheid heidi; adriana adri; agnieszka aga agnes; albert al bert albrecht;
alberto beto; aleksandra alexandra alex sandra sasha sascha ola olga oleksandra aleksandrina;
alexander alex aleksandr alexandr aleksander oleksandr xander sasha sascha sandro lex olek aleksandar alexandros;
alexandre alex xandre; alejandro alex jandro; alessandro ale sandro alex; alfred fred alf; alfredo fredo;
amanda mandy; anastasia nastya stacy anastasiya anastasija nastia; andreas andi andy; andrew andy drew;
andrei andrey andrej andrii andriy; andrzej jedrek; angela angie; angelika geli;
anna ann anne ania anya anja annie hanna hannah ana anka; anthony tony ant; antonio toni tonio;
antonina tonya; anneliese anne liese; annemarie anne; arkadiusz arek; arthur art artur; artem artyom artiom;
august gus; barbara barb basia babsi barbel; bartholomew bart; bartlomiej bartek; beatrice bea;
beatriz bia bea; benedikt bene; benjamin ben benny benji; bernard bernie; bernhard bernd hardy;
birgit biggi gitte; bogdan bohdan; boguslaw bogdan bogus; bradley brad; brigitte gitte gitti; cameron cam;
carlos carlitos; carolina caro carol; caroline carol carrie caro line;
catherine cathy kate katie cat cathryn katherine kathryn kathy; charles charlie chuck chas chip;
charlotte lotte charlie lottie; christian chris christi kristian;
christina chris tina christine kristina christa; christopher chris kit topher christoph kristof;
clement clem; clifford cliff; constantin kostas konstantin costin konstantinos kostya kostja;
cornelius cor kees nelis; cynthia cindy; daniel dan danny danny dani daniil danil danylo; daniela dani;
david dave davey dawid; deborah deb debbie debby; dennis denny; denis denys; dieter didi;
dimitrios dimitris mitsos; dmitri dmitry dima dmitriy dmytro mitya dmitrij; dominik dom; donald don donnie;
dorothea doro thea; dorothy dot dottie; douglas doug; eduard edi edward eduardo; eduardo edu dudu;
edward ed eddie ted ned; eleanor ellie nora nell; ekaterina katya katja yekaterina kateryna katerina;
elena helena lena yelena olena jelena;
elisabeth elizabeth lisa liz beth betty eliza lizzie betsy else elsa elly sissi; elzbieta ela; emanuel manu;
emily em emma; ernest ernie; eugene gene; evgeny evgeni yevgeny evgenij yevhen zhenya evgeniy jewgeni;
evgenia zhenya yevgenia evgeniya; ewelina ewa; ferdinand ferdi; fernando nando fer; filip phil;
fjodor fyodor fedor; florian flo; frances fran; francesca fran franca; francesco franco checco;
francis frank fran; francisco paco pancho fran kiko chico; franciscus frans; francois fran; franklin frank;
frederic fred; frederick fred freddie fritz; friedrich fritz fred friedel; frantisek franta;
gabriel gabe gabi; gabriele gabi gaby; gabriela gabi gaby; gennady gennadi gena henadiy gennadij;
gerald gerry jerry; gerard gerry ger; gerhard gerd; gertrud trude trudi; giovanni gianni gio nanni;
giuseppe beppe peppe pino; gregory greg; grigory grigori grisha hryhorii grigorij; grzegorz greg grzes;
gregor greg; guillaume gui; guillermo memo guille; gustav gus; hannelore hanne lore; hans hansi johannes;
hans-joachim hajo; hans-jurgen hansjurgen jurgen; harald harry; harold harry hal; hector tito;
heinrich heinz heiner henrik; helmut heli; hendrik henk; henry harry hank; hermann menno; hildegard hilde;
howard howie; hubert hubi; hugo ugo; ignacio nacho; igor ihor; ilya ilia illia ilja; ingeborg inge inga;
irina ira iryna irena; isabel isa bella; isabella bella isa izzy; isidro chilo; ivan vanya iwan;
jacob jake jack; jacqueline jackie; jakob jake jockel; james jim jimmy jamie; jan janek johannes hannes;
janina jana; janusz jan; javier javi; jeffrey jeff geoff geoffrey; jennifer jen jenny jenn; jeremiah jerry;
jeremy jem; jerome jerry; jerzy jurek; jessica jess jessie; jesus chucho; jiri jirka;
joachim jochen achim jo; joanna asia joan jo; johann hans johannes hannes;
johannes hans jan joop jo hannes johan; jonathan jon jonny john; john jack johnny jon; jorge coque;
jose pepe zeze; josef sepp jupp josip; joseph joe joey; joshua josh; judith judy;
julia jule julie yulia yuliya iuliia julija; julian jules; juliane jule; julio julito; jurgen jorgen;
kaspar kas; karl-heinz karlheinz kalle; karel karl carl; karl carl kalle karel; karolina karo;
katarzyna kasia kate; katharina kathi kati katrin kathrin rina; kenneth ken kenny; kimberly kim;
klaus claus nikolaus niklas; konrad conrad kurt; krzysztof krzysiek kris chris; ksenia kseniya oksana xenia;
larissa lara; lars lasse; laurence larry laurie; lawrence larry laurie lars; leonard len leo lenny;
leonardo leo; leonid lenya; leopold leo poldi; lidia lidiya; lieselotte lilo liselotte; lorenz lenz;
louis lou; lucia lucy; luciano lucio; ludmila lyudmila mila liudmyla; ludwig lutz; luis lucho; lubomir lubos;
lukas luke luca lucas; lukasz luke; lyubov luba liubov; lviv lev leo; maciej maciek;
magdalena magda lena leni malena; malgorzata gosia margaret; manfred manni fred; manuel manu manolo;
manuela manu ela; marcel marc; marcin mark; marek mark; margaret maggie meg peggy greta marge margie;
margarete grete greta gretel margret rita margarethe; margarita rita;
maria mary mia mariya mariia marie masha; mariana mari; mario mariolino; mark marc marcus;
markus marc mark max; martha marta; martin marty; martina tina; mateusz mati;
mathias matthias matze hias matt; matthew matt; mattias matti; maurice moe; maximilian max maxi;
maxim maksim maksym max; melanie mel; melissa mel missy; michael mike mick mickey michi micha;
michaela michi ela; michail mikhail misha mykhailo michael mihail; michal misiek; michel mich;
miguel mike migue; mikael micke; miroslav mirek mirko myroslav; miroslaw mirek;
mohammed mohammad muhammad mohamed mohamad muhammed mo mehmet; nadezhda nadia nadya nadiya;
natalie nat nathalie; natalia natasha natalya nataliya natalija; nathan nate; nathaniel nate nat;
nicholas nick nicky nic; nicola nico nicky; nicolas nico nick; nikolaus niko klaus nick;
nikolai nikolay kolya mykola nikolaj; nikolaos nikos; norbert nobbi; oleg oleh; olga olha; oliver ollie olli;
olivia liv livia; osvaldo valdo; oswald ossi; oscar ossie; pamela pam; patricia pat patty trish tricia patti;
patrick pat paddy; paul pauli; pavel pasha pavlo; pawel paul; pedro perico; peter pete petr pit; petra peti;
petr petya pyotr petro petrus piotr; philip phil pip philipp philippe phillip; pierre pierrot; pietro piero;
piotr peter; przemyslaw przemek; rafael rafa raphael; rainer reiner; ralf ralph; raymond ray;
rebecca becky becca; regina gina regine; reinhard reini hardy; reinhold reini; renate nate;
ricardo ricky rick cardo; riccardo ricky; richard rick rich dick richie ricky;
robert rob bob bobby robbie bert; roberto beto berto; roderick rod; rodrigo rodri; roger rodge; roland rolli;
roman romek; ronald ron ronnie; rosemarie rosi romy; rudolf rudi rolf; ruslan rus; ryszard rysiek;
salvador chava; salvatore toto; samantha sam; samuel sam sammy; samira sami; sandra sandy; sarah sally sara;
santiago santi; sebastian seb basti; sebastien seb; sergei sergey serhii serge sergii sergej serhiy;
sergio checo; sharon shari; siegfried sigi siggi; sigmund sigi; sigrid siri; slawomir slawek;
sofia sophie sofie sonja sofiya sophia; sonia sonja sonya; spyridon spyros; stanislav stas;
stanislaw staszek stan; stanley stan; stefan steffen stephan; stefania stefi; stefanie steffi;
stephanie steph steffi stefanie; stephen steve steven stevie stephan; susan sue susie suzy;
susanne susi sanne suse suzanne; svetlana sveta svitlana swetlana; sylwia syla; sylvester sly; tadeusz tadek;
tamara toma; tatiana tanya tatyana tetiana tania tatjana; terence terry; teresa tere tess theresa;
theresa terry tess resi tracy; theodor theo teddy; theodore ted theo teddy; thomas tom tommy; tiago thiago;
timothy tim timmy; timofei timofey tymofii; tobias tobi; tomas tom tomek; tomasz tom tomek; ulrich uli ulli;
ulrike uli ulli rike; urszula ula; ursula uschi ulla; ute uta; vadim vadym; valentin valya;
valentina valya tina; valery valeri valerii; vasily vasili vasyl vasya vassili wassili; veronika vero vroni;
veronica vero ronnie; victor vic viktor; victoria vicky tori viktoria viktoriya vika; vincent vince vinnie;
viktor vitya victor wiktor; vincenzo enzo; violetta viola; vitaly vitali vitalii vitalij;
vladimir vova volodymyr wladimir volodya vlad; vladislav vlad vladyslav wladislaw; vojtech vojta;
volodymyr vova; vyacheslav slava viacheslav wjatscheslaw; waldemar waldi; walter walt wally; waltraud traudl;
werner wern; wilhelm willi willy helmut; wilhelmina mina wilma; william will bill billy liam willy;
winfried winni; wladyslaw wladek; wojciech wojtek; wolfgang wolf wolfi; xavier xavi javier;
yaroslav jaroslav jaroslaw; yehor egor; yuri yury juri yuriy yurii iurii jurij iouri; zbigniew zbyszek;
zdenek zdenko; zofia zosia sophie; zygmunt zyga
"""


def _families() -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for number, family in enumerate(_FAMILIES.replace("-", "").split(";"), start=1):
        for form in dict.fromkeys(family.split()):
            found[form] = (*found.get(form, ()), number)
    return found


_OF_FORM = _families()


def name_families(given: str) -> tuple[int, ...]:
    """The numbers of the families that a normalised given name is a form of; none for most names.

    Two names with a family in common may be one person's; the numbers themselves mean nothing.
    """
    return _OF_FORM.get(given, ())
