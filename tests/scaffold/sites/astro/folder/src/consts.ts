export const SITE_TITLE = 'Shell\'s Log';
export const SITE_DESCRIPTION: string = `All shells`;
