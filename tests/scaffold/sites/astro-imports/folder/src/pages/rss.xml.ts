import { getPostUrl } from "../utils/urls";
import config from "@/settings";
export const GET = () => rss({
  title: config.site.title,
  description: config.site.description,
  items: posts.map(({ id }) => ({ link: getPostUrl(id) })),
});
