"""Words that hint at special categories of personal data (GDPR, article 9) in notes, in seven languages.

The one place where they stand. A phrase counts where all its words follow each other as whole words; a star stands for
any ending. Spelling is compared without case and accents. They only ever ask somebody to look again, so a word stands
here when it rarely means something else in business: "union" alone does not, nor first names such as Christian.
"""

from __future__ import annotations

__all__ = ["PHRASES", "UNLESS"]

HEALTH, UNION, RELIGION = "health", "trade union membership", "religion or belief"
POLITICS, SEXUALITY, ETHNICITY = "political opinions", "sexual life or orientation", "ethnic origin"

# By category, then by language.
PHRASES: dict[str, dict[str, tuple[str, ...]]] = {
    HEALTH: {
        "en": tuple(
            "cancer|chemotherapy|tumour|tumor|diabetes|diabetic|depression|burnout|burn out|disabilit*|pregnan*|hiv|"
            "sick leave|on medication|mental health|mental illness|illness|psychotherapy|alcoholic|heart attack|"
            "epilep*|autis*|adhd|dementia|miscarriage|rehab".split("|")
        ),
        "de": tuple(
            "krebs|chemotherapie|tumor|diabetes|depression*|burnout|behinderung|schwerbehindert*|schwanger*|hiv|"
            "krankgeschrieben|krankheit|erkrankt|erkrankung|psychotherapie|alkoholiker*|herzinfarkt|schlaganfall|"
            "epilep*|autis*|demenz|reha".split("|")
        ),
        "fr": tuple(
            "cancer|chimiotherapie|tumeur|diabete|diabetique|depression nerveuse|depressif|depressive|handicape*|"
            "enceinte|grossesse|vih|arret maladie|conge maladie|maladie|psychotherapie|alcoolique|infarctus|"
            "epilep*|autis*|demence".split("|")
        ),
        "es": tuple(
            "cancer|quimioterapia|tumor|diabetes|diabetic*|depresion|discapacidad|discapacitad*|embarazad*|embarazo|"
            "vih|baja medica|baja por enfermedad|enfermedad|psicoterapia|alcoholic*|infarto|epilep*|autis*|"
            "demencia".split("|")
        ),
        "it": tuple(
            "cancro|chemioterapia|tumore|diabete|diabetic*|depressione|disabilita|disabile|incinta|gravidanza|hiv|"
            "congedo per malattia|in malattia|malattia|psicoterapia|alcolista|infarto|epiless*|autis*|demenza".split(
                "|"
            )
        ),
        "nl": tuple(
            "kanker|chemotherapie|tumor|diabetes|depressie|depressief|burnout|gehandicapt*|arbeidsongeschikt*|zwanger*|hiv|"
            "ziekteverlof|ziek gemeld|ziekte|psychotherapie|alcoholist*|hartaanval|epileps*|autis*|dementie".split(
                "|"
            )
        ),
        "pt": tuple(
            "cancro|cancer|quimioterapia|tumor|diabetes|diabetic*|depressao|pessoa com deficiencia|"
            "deficiente fisic*|gravida|gravidez|hiv|baixa medica|licenca medica|doenca|psicoterapia|alcoolatra|"
            "infarto|enfarte|epileps*|autis*|"
            "demencia".split("|")
        ),
    },
    UNION: {
        "en": tuple(
            "trade union*|labour union*|labor union*|union member*|union rep|union representative|union leader|"
            "union activist|unionist|unionised|unionized|joined the union|shop steward".split("|")
        ),
        "de": ("gewerkschaft*", "ig metall", "verdi mitglied"),
        "fr": ("syndicat", "syndicats", "syndique*", "syndicalist*", "syndicalement", "delegue syndical"),
        "es": ("sindicato*", "sindicalista*", "delegado sindical", "afiliado sindical"),
        "it": ("sindacato", "sindacati", "sindacalista", "rappresentante sindacale", "iscritto al sindacato"),
        "nl": ("vakbond*", "vakbondslid", "vakvereniging"),
        "pt": ("sindicato*", "sindicalista*", "sindicalizad*", "delegado sindical"),
    },
    RELIGION: {
        "en": tuple(
            "muslim*|islam|jewish|judaism|catholic|protestant|hindu|buddhist|atheist|devout|goes to church|"
            "church member|mosque|synagogue|ramadan|jehovah s witness*|scientolog*|religion|religious|"
            "christianity|born again".split("|")
        ),
        "de": tuple(
            "muslim*|islam|judisch*|judin|katholisch*|katholik*|evangelisch*|hinduist*|buddhist*|atheist*|"
            "glaubig|streng glaubig*|kirchgang*|kirchenmitglied|moschee|synagoge|ramadan|zeugen jehovas|"
            "scientolog*|religion|religios*".split("|")
        ),
        "fr": tuple(
            "musulman*|islam|juif|juive|juifs|catholique|protestant*|hindou|bouddhiste|athee|croyant*|mosquee|"
            "synagogue|ramadan|temoin de jehovah|religion|religieu*".split("|")
        ),
        "es": tuple(
            "musulman*|islam|judio*|judia*|catolic*|protestante|hindu|budista|ateo|atea|creyente|mezquita|sinagoga|"
            "ramadan|testigo de jehova|religion|religios*".split("|")
        ),
        "it": tuple(
            "musulman*|islam|ebreo|ebrea|ebrei|cattolic*|protestante|induista|buddista|ateo|atea|credente|moschea|"
            "sinagoga|ramadan|testimone di geova|religione|religios*".split("|")
        ),
        "nl": tuple(
            "moslim*|islam|joods|joodse|katholiek*|protestants*|hindoe*|boeddhist*|atheist*|gelovig*|moskee|"
            "synagoge|ramadan|jehova s getuige*|religie|religieu*".split("|")
        ),
        "pt": tuple(
            "muculman*|islao|islamic*|judeu|judia|catolic*|protestante|hindu|budista|ateu|ateia|crente|mesquita|"
            "sinagoga|ramadao|testemunha de jeova|religiao|religios*".split("|")
        ),
    },
    POLITICS: {
        "en": tuple(
            "political view*|political opinion*|politically active|political party|party member*|"
            "member of the labour party|labour party|tory|tories|republican party|democratic party|green party|"
            "communist*|socialist*|far right|far left|right wing|left wing|nationalist*".split("|")
        ),
        "de": tuple(
            "politische meinung|politische ansicht*|parteimitglied*|parteibuch|politisch aktiv|afd|spd|cdu|csu|fdp|"
            "fpo|ovp|spo|die grunen|kommunist*|sozialist*|sozialdemokrat*|rechtsradikal*|linksradikal*".split(
                "|"
            )
        ),
        "fr": tuple(
            "opinion politique|opinions politiques|parti politique|membre du parti|militant politique|communiste*|"
            "socialiste*|extreme droite|extreme gauche|front national|rassemblement national".split("|")
        ),
        "es": tuple(
            "opinion politica|opiniones politicas|partido politico|miembro del partido|afiliado al partido|"
            "comunista*|socialista*|extrema derecha|extrema izquierda|psoe".split("|")
        ),
        "it": tuple(
            "opinione politica|opinioni politiche|partito politico|iscritto al partito|tessera di partito|"
            "comunista|comunisti|socialista|socialisti|estrema destra|estrema sinistra".split("|")
        ),
        "nl": tuple(
            "politieke mening|politieke voorkeur|politieke partij|partijlid|communist*|socialist*|extreem rechts|"
            "extreem links|pvda|pvv".split("|")
        ),
        "pt": tuple(
            "opiniao politica|opinioes politicas|partido politico|membro do partido|filiado ao partido|comunista*|"
            "socialista*|extrema direita|extrema esquerda".split("|")
        ),
    },
    SEXUALITY: {
        "en": tuple(
            "gay|lesbian*|homosexual*|bisexual*|transgender|transsexual*|queer|sexual orientation|sex life|"
            "extramarital affair".split("|")
        ),
        "de": (
            "schwul",
            "schwuler",
            "lesbisch*",
            "homosexuell*",
            "bisexuell*",
            "transsexuell*",
            "sexuelle orientierung",
        ),
        "fr": (
            "homosexuel*",
            "lesbienne*",
            "bisexuel*",
            "transsexuel*",
            "orientation sexuelle",
            "vie sexuelle",
        ),
        "es": ("homosexual*", "lesbiana*", "bisexual*", "transexual*", "orientacion sexual", "vida sexual"),
        "it": ("omosessual*", "lesbica", "lesbiche", "bisessual*", "transessual*", "orientamento sessuale"),
        "nl": ("homoseksue*", "lesbisch*", "biseksue*", "transseksue*", "seksuele geaardheid"),
        "pt": ("homossexua*", "lesbica*", "bissexua*", "transexua*", "orientacao sexual", "vida sexual"),
    },
    ETHNICITY: {
        "en": tuple(
            "ethnic*|racial|skin colour|skin color|african descent|asian descent|arab descent|kurdish|gypsy|"
            "migration background".split("|")
        ),
        "de": ("ethnisch*", "hautfarbe", "migrationshintergrund", "kurdisch*", "zigeuner*", "sinti"),
        "fr": (
            "ethnique*",
            "couleur de peau",
            "origine africaine",
            "origine arabe",
            "kurde",
            "tsigane",
            "immigre*",
        ),
        "es": ("etnia", "etnic*", "color de piel", "origen africano", "gitan*", "kurd*"),
        "it": ("etnia", "etnic*", "colore della pelle", "origine africana", "curdo", "curda", "zingar*"),
        "nl": ("etnisch*", "huidskleur", "migratieachtergrond", "koerdisch*", "zigeuner*"),
        "pt": ("etnia", "etnic*", "cor da pele", "origem africana", "cigan*", "curdo", "curda"),
    },
}

# What these words mean in business, taken out before anything is looked for.
UNLESS: tuple[str, ...] = tuple(
    "european union|customs union|monetary union|banking union|credit union|western union|union bank|union square|"
    "state of the union|soviet union|student union|tariff union|union investment|union pacific|"
    "economic depression|great depression|ethnic food|protestant bank|catholic bank|sick leave policy|"
    "health insurance|health care|healthcare|rehab clinic software|right wing of the building|"
    "left wing of the building|illness management|disability insurance|islamic finance|religious holiday|"
    "bank holiday|cancer research|cancer diagnostics|diabetes software|sindicato bancario|syndicat de copropriete|"
    "syndicat de coproprietaires|syndicat mixte|syndicat patronal|enceinte connectee|"
    "syndicat des coproprietaires|sindacato di voto|sindacato di controllo|"
    "patto di sindacato|reha technik".split("|")
)
