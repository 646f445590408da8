"""Words by which front matter says that a record is held back, or shown, in lower case and without separators."""

from feeds.lazy_pattern import lazy_pattern

_OF_ENGLISH = {
    *("draft", "isdraft", "indraft", "draftmode", "draftpost", "drafted", "drafting", "wip", "workinprogress"),
    *("unpublished", "isunpublished", "notpublished", "unpublish", "nopublish", "donotpublish", "dontpublish"),
    *("private", "isprivate", "hidden", "ishidden", "hide", "unlisted", "isunlisted", "unlist", "withheld"),
    *("removed", "isremoved", "deleted", "isdeleted", "trashed", "retracted", "withdrawn", "suppressed"),
    *("embargo", "embargoed", "embargountil", "embargoeduntil", "hold", "onhold", "internal", "disabled", "inactive"),
    "confidential",
    *("expired", "isexpired", "notready", "unapproved", "unreleased", "unpublic", "nonpublic", "notpublic"),
    *("excludefromfeed", "excludefromfeeds", "excludefromrss", "hidefromfeed", "hidefromfeeds", "hidefromrss"),
    *("hiddenfromfeed", "hiddenfromfeeds", "hiddenfromrss", "hiddeninrss", "hiddeninfeed"),
    *("hideinfeed", "hideinfeeds", "hideinrss"),
    *("omitfromfeed", "omitfromrss", "notinfeed", "notinrss", "nofeed", "norss", "unfinished", "incomplete"),
    *("hidepost", "posthidden", "hiddenpost", "privatepost", "hidepage", "hiddenpage"),
}
_OF_OTHERS = {
    *("entwurf", "brouillon", "borrador", "esborrany", "bozza", "rascunho", "utkast", "kladde", "luonnos", "vázlat"),
    *("szkic", "taslak", "schiță", "nacrt", "osnutek", "mustand", "juodraštis", "melnraksts", "προσχέδιο", "πρόχειρο"),
    *("черновик", "чернетка", "чернова", "нацрт", "草稿", "下書き", "초안", "مسودة", "טיוטה", "bảnnháp"),
    *("unveröffentlicht", "unveroeffentlicht", "nichtveröffentlicht", "nonpublié", "inédit", "nãopublicado"),
    *("privat", "privé", "privée", "privado", "privato", "prywatne", "приватно", "非公開", "非公开", "私密", "비공개"),
    *("versteckt", "verborgen", "caché", "oculto", "nascosto", "ukryte", "скрыто", "隐藏"),
}
# Whatever they say but no, a record is held back.
HOLDING = _OF_ENGLISH | _OF_OTHERS
# Where these say yes, a record is held back; whatever else they say is about something else.
MAY_HOLD = {
    *("exclude", "excluded", "isexcluded", "skip", "skipped", "ignore", "ignored", "omit", "omitted"),
    *("held", "suppress", "premium", "paid"),
    *("scheduled", "isscheduled", "restricted", "classified", "secret", "protected", "locked", "blocked", "offline"),
    *("membersonly", "memberonly", "subscribersonly", "paidonly", "staffonly", "internalonly", "loginrequired"),
    *("requireslogin", "paywall", "paywalled", "needsreview", "inreview", "pending", "pendingreview", "review"),
    *("todo", "placeholder", "stub", "dummy", "spiked", "killed", "legalhold", "quarantined"),
    *("rssignore", "ignorerss", "feedexclude", "excludefeed", "excluderss", "rssexclude", "skiprss", "skipfeed"),
    *("hiderss", "hidefeed", "feedhidden", "rsshidden", "disablefeed", "disablerss", "feeddisabled"),
    *("concept", "koncept", "proposta", "bozze", "konzept", "propuesta"),
}
_SHOWING_OF_ENGLISH = {
    *("published", "ispublished", "publish", "public", "ispublic", "visible", "isvisible", "listed", "islisted"),
}
SHOWING = _SHOWING_OF_ENGLISH | {
    "dgpublish",  # the Digital Garden of Obsidian
    *("veröffentlicht", "veroeffentlicht", "publié", "publiée", "publie", "publicado", "publicada", "publicat"),
    *("pubblicato", "pubblicata", "gepubliceerd", "publicerad", "publicerat", "udgivet", "publisert", "julkaistu"),
    *("opublikowany", "opublikowane", "publikováno", "publikované", "objavljeno", "közzétéve", "yayınlandı", "yayında"),
    *("опубликовано", "опубликован", "опубліковано", "δημοσιευμένο", "公開", "公开", "已发布", "发布", "게시", "공개"),
    *("منشور", "פורסם", "öffentlich", "sichtbar", "público", "pubblico", "openbaar", "publiczny"),
}
# Where these say no, a record is held back; whatever else they say is about something else.
MAY_SHOW = {
    *("show", "live", "islive", "feed", "infeed", "rss", "inrss", "ready", "isready", "approved", "isapproved"),
    *("active", "isactive", "enabled", "isenabled", "online", "isonline", "publishable"),
    *("released", "isreleased", "final", "isfinal", "finished", "isfinished", "complete", "completed"),
    *("done", "isdone"),
    *("display", "render", "output", "includeinfeed", "includeinrss", "showinfeed", "showinrss", "syndicate"),
}
_USUAL_STATES = {"status", "state", "visibility", "privacy", "access"}
STATES = _USUAL_STATES | {
    *("statut", "estado", "stato", "zustand", "статус", "状态", "ステータス", "상태", "sichtbarkeit"),
    *("visibilité", "visibilidad"),
    *("confidentiality", "sensitivity"),
    *("accesslevel", "audience", "stage", "phase", "workflow", "lifecycle"),
    *("poststatus", "publicationstatus", "publishstatus", "publishingstatus", "workflowstate", "contentstatus"),
}
# Of these only a draft says something about publication.
KINDS = {"type", "posttype", "kind", "layout"}
HELD = (
    HOLDING
    | (MAY_HOLD - {"exclude", "skip", "ignore", "omit", "secret"})
    | {
        *("trash", "autodraft", "rejected", "planned", "future", "submitted", "archived", "queued"),
        *("proposed", "idea", "tobepublished", "topublish", "never", "none", "nobody", "friends"),
        *("followers", "direct"),
        *("inprogress", "doing", "writing", "editing", "outline", "backlog", "needswork", "readyforreview", "pitch"),
        *("inarbeit", "inbearbeitung", "encours", "enproceso", "enprogreso", "incorso", "emandamento"),
        *("member", "members", "paid", "onlypaid", "tiers", "premium", "subscribers", "staff", "team"),
        *("login", "loggedin", "password"),
    }
)
SHOWN = {"live", "final", "released", "done", "complete", "completed", "approved"}
# Whoever sets a password means that the text is not for everybody.
PROTECTING = {"password", "passwd", "pwd", "passcode", "passphrase", "postpassword", "encrypt", "encrypted"}
# Keys under which some programs have those of a page.
NESTING = {
    *("meta", "metadata", "extra", "params", "page", "post", "article", "custom", "data", "frontmatter", "fields"),
    *("attributes", "publication", "publishing", "publish", "workflow", "cms"),
    *("options", "settings", "config", "flags"),
}
# Those of which a typo can be recognised.
MISSPELT = _OF_ENGLISH | _SHOWING_OF_ENGLISH | _USUAL_STATES
MISSPELT_STATES = _OF_ENGLISH | {"pending", "scheduled", "archived"}
# Words that are no typo of a key, though they look like one.
OTHER_WORDS = {
    *("craft", "raft", "graft", "drift", "daft", "primate", "listen", "lifted", "depleted", "enlisted", "publisher"),
    *("expires", "states", "stats", "slate", "skate", "stale", "preview", "thrashed", "crashed", "detracted"),
}
# Dates from when on a record is published.
GO_LIVE = lazy_pattern(
    r"(?:publish(?:ed|ing)?|publication|pub)(?:at|on|from|after|date|time|datetime)|datepublished|publish(?:ed)?"
    r"|golive(?:at|on|date|time)?|(?:live|online|visible|available|show|display)(?:from|after|since)"
    r"|schedul(?:ed?|ing)(?:at|on|for|date|time|publish|publication)?|startpublish(?:ing)?|publishstart(?:date)?"
    r"|release(?:at|on|after|from)|notbefore|(?:hold|hidden|hide|draft|private|unlisted|withheld)(?:until|till|to)"
)
# Dates from when on it no longer is.
EXPIRY = lazy_pattern(
    r"expir(?:es?|ed|y|ation)(?:at|on|date|time|datetime|after)?|unpublish(?:ed)?(?:at|on|after|date|time)"
    r"|(?:valid|visible|available|show|display|publish(?:ed)?|online|live|listed)(?:until|till|to|through)"
    r"|(?:remove|delete|hide|withdraw|takedown)(?:d)?(?:at|on|after|date)|stoppublishing|publishend(?:date)?|notafter"
)
