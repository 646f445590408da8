// @ts-check
import { defineConfig } from 'astro/config';
/* site: 'https://wrong.example' */
export default defineConfig({
	site: process.env.SITE ?? 'https://shell.example.org',
	integrations: [mdx(), sitemap()],
	i18n: { defaultLocale: "pt-br", locales: ["pt-br"] },
});
