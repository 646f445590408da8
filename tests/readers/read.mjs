// Read a feed with feedsmith or rss-parser, and print what it tells of each item as JSON.
import { readFileSync } from 'node:fs'

const instant = (text) => (text ? new Date(text).toISOString() : null)

const readers = {
  async feedsmith(text) {
    const { parseFeed } = await import('feedsmith')
    const { format, feed } = parseFeed(text)
    const told = {
      rss: (item) => ({
        title: item.title,
        link: item.link,
        id: item.guid?.value,
        published: instant(item.pubDate),
        author: item.dc?.creators?.[0],
        categories: item.categories?.map((category) => category.name),
        image: item.media?.contents?.find((content) => content.medium === 'image')?.url,
      }),
      atom: (entry) => ({
        title: entry.title?.value,
        link: entry.links?.find((link) => link.rel === 'alternate')?.href,
        id: entry.id,
        published: instant(entry.published),
        author: entry.authors?.[0]?.name,
        categories: entry.categories?.map((category) => category.label),
        image: entry.media?.contents?.find((content) => content.medium === 'image')?.url,
      }),
      json: (item) => ({
        title: item.title,
        link: item.url,
        id: item.id,
        published: instant(item.date_published),
        author: item.authors?.[0]?.name,
        categories: item.tags,
        image: item.image,
      }),
    }
    return (feed.items ?? feed.entries).map(told[format])
  },

  async 'rss-parser'(text) {
    const { default: Parser } = await import('rss-parser')
    const lists = ['category', 'media:content'].map((name) => [name, name, { keepArray: true }])
    const feed = await new Parser({ customFields: { item: lists } }).parseString(text)
    return feed.items.map((item) => ({
      title: item.title,
      link: item.link,
      id: item.guid ?? item.id,
      published: item.isoDate,
      author: item.creator ?? item.author,
      categories: item.category?.map((category) => category.$.label ?? category._),
      image: item['media:content']?.map((content) => content.$).find((content) => content.medium === 'image')?.url,
    }))
  },
}

const [name, path] = process.argv.slice(2)
console.log(JSON.stringify(await readers[name](readFileSync(path, 'utf8'))))
