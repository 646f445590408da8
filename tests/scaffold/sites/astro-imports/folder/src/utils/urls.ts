export const getPostUrl = (id) => id;
