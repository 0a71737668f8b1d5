/**
 * Strapi's own routes, by how they begin, and why no mail is in them. A plugin that brings further ones fails the walk
 * until somebody has looked.
 */
export const elsewhere: readonly { begins: RegExp; bearsNoMail: string }[] = [
  { begins: /^[A-Z-]+ \/_health$/, bearsNoMail: 'that the server lives' },
  {
    begins: /^GET \/(\(\(\?!uploads\/\)\.\+\))?$|^GET \/uploads\//,
    bearsNoMail: 'public files; mail is never among them (S30)',
  },
  { begins: / \/admin\b/, bearsNoMail: 'users, roles, tokens and settings of Strapi' },
  { begins: / \/(api\/)?content-type-builder\//, bearsNoMail: 'types, not records' },
  {
    begins: / \/(api\/)?(upload|email)(\/|$)/,
    bearsNoMail: "Strapi's own media library and mailer, which mail never enters",
  },
  { begins: / \/(api\/)?i18n\//, bearsNoMail: 'languages, and fields of types' },
  { begins: / \/(api\/)?users-permissions\//, bearsNoMail: 'roles of registered users' },
  { begins: / \/api\/(auth|connect|users)(\/|$)/, bearsNoMail: 'registered users of the site' },
  { begins: / \/(content-releases|review-workflows)\//, bearsNoMail: 'releases and stages of content' },
  {
    begins:
      / \/content-manager\/(init|components|content-types|content-types-settings|uid|single-types|preview)(\/|$)/,
    bearsNoMail: 'forms and types; no type of mail is a single type, or previewed',
  },
  {
    begins: / \/content-manager\/homepage\//,
    bearsNoMail: 'which documents the caller edited last, and how many there are',
  },
];
