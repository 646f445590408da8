import type {Config} from '@docusaurus/types';
const organization = 'harbour';
const config: Config = {
  title: "Harbour", // with a "quote"
  tagline: 'Ships // and more',
  url: 'https://harbour.example.org',
  baseUrl: '/',
  i18n: {defaultLocale: 'en', locales: ['en', 'fr']},
  presets: [
    ['classic', {
      docs: {path: 'guides', routeBasePath: 'docs'},
      blog: {
        path: './journal',
        routeBasePath: 'journal',
        feedOptions: {type: 'all', title: `Harbour journal`, limit: 7},
      },
    } satisfies Preset.Options],
  ],
  themeConfig: {navbar: {title: 'Not this', items: [{to: '/x', label: 'X'}]}},
};
export default config;
