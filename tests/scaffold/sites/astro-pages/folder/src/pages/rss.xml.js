import rss, { pagesGlobToRssItems } from "@astrojs/rss";
export const GET = async (context) => rss({
  title: "Tides",
  description: "High and low",
  site: context.site,
  items: await pagesGlobToRssItems(import.meta.glob("./**/*.md")),
});
