import { QuartzConfig } from "./quartz/cfg"
const config: QuartzConfig = {
  configuration: {
    pageTitle: "Tide pool",
    enableSPA: true,
    locale: "en-US",
    baseUrl: "pool.example.org/notes",
    ignorePatterns: ["private", "templates", ".obsidian"],
  },
  plugins: {
    emitters: [Plugin.ContentIndex({ enableSiteMap: true, enableRSS: true, rssLimit: 20 })],
  },
}
export default config
