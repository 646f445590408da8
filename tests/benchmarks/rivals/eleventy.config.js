// The feeds of everything and of each topic, in RSS, of the records that are not `published: false`; no pages.
import { readFileSync } from "node:fs";
import rss from "@11ty/eleventy-plugin-rss";

const NEWEST = 50;

function isPublished(page) {
  return page.data.publishedDateTime && page.data.published !== false && page.data.removed !== true;
}

function feedsOf(pages) {
  const byTopic = new Map([["Harbour news", pages]]);
  for (const page of pages) {
    for (const topic of page.data.topics ?? []) {
      byTopic.has(topic) ? byTopic.get(topic).push(page) : byTopic.set(topic, [page]);
    }
  }
  return [...byTopic].map(([title, items]) => ({ title, items: items.slice(0, NEWEST) }));
}

export default function (eleventy) {
  eleventy.addPlugin(rss);
  eleventy.setUseGitIgnore(false);
  eleventy.addGlobalData("permalink", () => false);
  eleventy.addCollection("feeds", (api) =>
    feedsOf(api.getAll().filter(isPublished).sort((a, b) => b.data.publishedDateTime - a.data.publishedDateTime)),
  );
  eleventy.addTemplate("feed.njk", readFileSync("feed.njk", "utf-8"), {
    pagination: { data: "collections.feeds", size: 1, alias: "feed", addAllPagesToCollections: false },
    permalink: "{{ feed.title | slugify }}.rss",
    eleventyExcludeFromCollections: true,
  });
  return { dir: { input: "records", output: "out/eleventy" }, markdownTemplateEngine: false };
}
