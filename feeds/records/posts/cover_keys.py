"""Keys of front matter with the image of a post: those of each generator, then those of many themes."""

_OF_THEMES = ("cover", "coverImage", "featuredImage", "featured_image", "featureImage", "thumbnail", "banner", "photo")
COMMON = ("image", "images", *_OF_THEMES)
JEKYLL = (
    *("image.path", "image", "header.og_image", "header.image", "header.overlay_image", "header.teaser", *_OF_THEMES),
    *("cover-img", "thumbnail-img", "share-img", "header-img", "feature-img"),
)
# Those of Hugo have any case.
HUGO = (
    *("images", "params.images", "image", "cover.image", "banner.image", *(key.lower() for key in _OF_THEMES)),
    *("thumbnailimage", "hero", ":resource"),
)
ASTRO = ("heroImage", "ogImage", *COMMON)
ZOLA = ("extra.image", *(f"extra.{key}" for key in _OF_THEMES))
HEXO = ("image", *_OF_THEMES, "banner_img", "photos")
OBSIDIAN = ("image", *_OF_THEMES, "socialImage")
