import { defineCollection, z } from 'astro:content';
import { glob } from 'astro/loaders';

const crew = defineCollection({ loader: glob({ pattern: '**/*.md', base: './src/crew' }) });
const posts = defineCollection({
  loader: glob({ base: './src/notes', pattern: '**/*.{md,mdx}' }),
  schema: z.object({ title: z.string(), pubDate: z.coerce.date(), heroImage: z.string().optional() }),
});
export const collections = { crew, posts };
