"""Mail providers anybody can have an address at: their domains say nothing about an employer.

An address at one of them makes no company, and two people who share its domain share nothing.
"""

from __future__ import annotations

__all__ = ["FREE_MAIL_DOMAINS", "email_domain", "is_free_mail"]

# Put together by hand from the providers' own sign-up pages: worldwide ones first, then by country. A provider
# that is missing costs a company named after it; a company listed here by mistake would lose its domain.
_EXACT = """
gmail.com googlemail.com
outlook.com hotmail.com live.com msn.com passport.com windowslive.com
icloud.com me.com mac.com privaterelay.appleid.com
yahoo.com ymail.com rocketmail.com myyahoo.com aol.com aim.com love.com games.com wow.com verizon.net
proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tutamail.com tuta.io tuta.com keemail.me
fastmail.com fastmail.fm fastmail.net sent.com hushmail.com hush.com hey.com zoho.com zohomail.com zohomail.eu
mail.com email.com usa.com myself.com consultant.com post.com europe.com asia.com iname.com writeme.com
dr.com engineer.com cheerful.com accountant.com techie.com lawyer.com contractor.net musician.org
inbox.com lycos.com excite.com gawab.com mailbox.org posteo.de posteo.net posteo.eu riseup.net disroot.org
mailfence.com runbox.com startmail.com countermail.com ctemplar.com skiff.com simplelogin.com duck.com
mozmail.com relay.firefox.com anonaddy.com anonaddy.me guerrillamail.com mailinator.com yopmail.com
10minutemail.com tempmail.com trashmail.com sharklasers.com getnada.com maildrop.cc dispostable.com
facebook.com juno.com netzero.net netzero.com earthlink.net mindspring.com peoplepc.com
comcast.net xfinity.com att.net sbcglobal.net bellsouth.net pacbell.net ameritech.net swbell.net snet.net
charter.net spectrum.net roadrunner.com rr.com twc.com cox.net optonline.net optimum.net frontier.com
frontiernet.net centurylink.net embarqmail.com q.com windstream.net suddenlink.net cableone.net wowway.com
rcn.com hughes.net prodigy.net
rogers.com shaw.ca sympatico.ca bell.net telus.net videotron.ca cogeco.ca eastlink.ca mts.net sasktel.net
gmx.de gmx.net gmx.at gmx.ch gmx.com gmx.org gmx.eu gmx.info gmx.biz gmx.fr gmx.us gmx.co.uk gmx.es gmx.li
web.de t-online.de freenet.de arcor.de online.de email.de vodafone.de vodafonemail.de o2online.de o2mail.de
kabelmail.de unitybox.de unity-mail.de netcologne.de ewe.net ewetel.net versanet.de alice-dsl.de alice.de
1und1.de onlinehome.de mail.de mailbox.de magenta.de lycos.de nexgo.de germanynet.de compuserve.de
aon.at a1.net chello.at inode.at utanet.at liwest.at kabsi.at bluewin.ch sunrise.ch hispeed.ch swissonline.ch
freesurf.ch vtxmail.ch green.ch
orange.fr wanadoo.fr free.fr sfr.fr laposte.net neuf.fr bbox.fr club-internet.fr numericable.fr aliceadsl.fr
cegetel.net noos.fr voila.fr caramail.com caramail.fr netcourrier.com libertysurf.fr tele2.fr 9online.fr
skynet.be telenet.be proximus.be scarlet.be belgacom.net voo.be pt.lu vo.lu internet.lu
libero.it virgilio.it tin.it alice.it tiscali.it tim.it telecomitalia.it iol.it inwind.it blu.it giallo.it
fastwebnet.it email.it vodafone.it poste.it aruba.it pec.it
telefonica.net terra.es ono.com ya.com movistar.es orange.es euskaltel.net
sapo.pt clix.pt iol.pt netcabo.pt mail.telepac.pt vodafone.pt
ziggo.nl kpnmail.nl kpnplanet.nl planet.nl hetnet.nl home.nl xs4all.nl chello.nl casema.nl quicknet.nl
upcmail.nl telfort.nl tele2.nl zonnet.nl wxs.nl caiway.nl solcon.nl live.nl
btinternet.com btopenworld.com talktalk.net tiscali.co.uk ntlworld.com virginmedia.com virgin.net blueyonder.co.uk
sky.com plusnet.com plus.com o2.co.uk orange.net freeserve.co.uk lineone.net fsmail.net tesco.net eircom.net
iol.ie indigo.ie
telia.com comhem.se bredband.net bredband2.com spray.se tele2.se glocalnet.net passagen.se
online.no broadpark.no lyse.net getmail.no start.no frisurf.no
mail.dk jubii.dk ofir.dk stofanet.dk tdcadsl.dk youmail.dk webspeed.dk
kolumbus.fi elisanet.fi saunalahti.fi luukku.com suomi24.fi welho.com pp.inet.fi netti.fi simnet.is
wp.pl o2.pl onet.pl onet.eu op.pl poczta.onet.pl poczta.fm interia.pl interia.eu interia.com gazeta.pl tlen.pl
vp.pl autograf.pl buziaczek.pl go2.pl neostrada.pl
seznam.cz email.cz post.cz centrum.cz atlas.cz volny.cz tiscali.cz quick.cz azet.sk zoznam.sk centrum.sk
pobox.sk post.sk stonline.sk
freemail.hu citromail.hu t-online.hu indamail.hu vipmail.hu upcmail.hu chello.hu
abv.bg mail.bg dir.bg rambler.bg gbg.bg
siol.net t-2.net amis.net net.hr inet.hr vip.hr eunet.rs sbb.rs ptt.rs mts.rs bih.net.ba
otenet.gr forthnet.gr hol.gr in.gr mailbox.gr freemail.gr
yandex.com yandex.ru yandex.by yandex.kz yandex.ua ya.ru mail.ru bk.ru list.ru inbox.ru internet.ru
rambler.ru lenta.ru myrambler.ru autorambler.ru ro.ru nm.ru pochta.ru qip.ru km.ru
ukr.net i.ua meta.ua bigmir.net online.ua email.ua tut.by inbox.lv inbox.lt inbox.ee mail.ee hot.ee one.lv
one.lt mail.lv delfi.lv delfi.lt takas.lt
mynet.com ttmail.com superonline.com ttnet.net.tr
walla.co.il walla.com netvision.net.il bezeqint.net 012.net.il zahav.net.il
qq.com foxmail.com vip.qq.com 163.com 126.com yeah.net 188.com vip.163.com sina.com sina.cn vip.sina.com
sohu.com tom.com 21cn.com aliyun.com 139.com 189.cn wo.cn 263.net
naver.com hanmail.net daum.net nate.com kakao.com korea.com empal.com hanmir.com dreamwiz.com
docomo.ne.jp ezweb.ne.jp softbank.ne.jp i.softbank.jp au.com nifty.com biglobe.ne.jp so-net.ne.jp ocn.ne.jp
plala.or.jp excite.co.jp infoseek.jp goo.jp goo.ne.jp
pchome.com.tw hinet.net seed.net.tw netvigator.com singnet.com.sg starhub.net.sg pacific.net.sg
rediffmail.com rediff.com indiatimes.com sify.com vsnl.com vsnl.net bsnl.in sancharnet.in dataone.in
bigpond.com bigpond.net.au optusnet.com.au iinet.net.au internode.on.net tpg.com.au westnet.com.au
ozemail.com.au adam.com.au dodo.com.au iprimus.com.au xtra.co.nz slingshot.co.nz orcon.net.nz clear.net.nz
paradise.net.nz vodafone.co.nz
uol.com.br bol.com.br terra.com.br ig.com.br globo.com globomail.com oi.com.br r7.com zipmail.com.br
superig.com.br pop.com.br
prodigy.net.mx terra.com.mx infinitum.com.mx fibertel.com.ar arnet.com.ar speedy.com.ar ciudad.com.ar
argentina.com vtr.net entelchile.net une.net.co cantv.net
webmail.co.za mweb.co.za telkomsa.net vodamail.co.za iafrica.com absamail.co.za
maktoob.com emirates.net.ae etisalat.ae saudi.net.sa
""".split()

# The same providers under their national names (yahoo.co.uk, hotmail.fr …).
_NATIONAL = (
    "yahoo",
    "ymail",
    "hotmail",
    "live",
    "outlook",
    "msn",
    "aol",
    "googlemail",
    "rocketmail",
    "windowslive",
)
_COUNTRIES = """
ar at au be bg br ca ch cl cn co co.id co.il co.in co.jp co.kr co.nz co.th co.uk co.za com.ar com.au com.br
com.cn com.co com.hk com.mx com.my com.pe com.ph com.sg com.tr com.tw com.ve com.vn cz de dk ee es eu fi fr gr
hk hr hu id ie il in it jp kr lt lv mx my nl no nz pe ph pl pt ro rs ru se sg sk th tr tw uk us vn
""".split()

FREE_MAIL_DOMAINS = frozenset(
    _EXACT + [f"{provider}.{country}" for provider in _NATIONAL for country in _COUNTRIES]
)
"""Lower-case domains of providers with addresses for everybody."""


def email_domain(address: str) -> str:
    """The lower-case domain of an e-mail address or of a domain itself, without `www.`; empty when there is none."""
    return address.strip().casefold().rpartition("@")[2].strip(". ").removeprefix("www.")


def is_free_mail(domain: str) -> bool:
    """Whether addresses at this domain (or of this address) can be had by anybody, so that it names no employer."""
    return email_domain(domain) in FREE_MAIL_DOMAINS
