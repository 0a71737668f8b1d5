/** The languages that the panel of this app offers besides English. */
export default { config: { locales: ['de'] } };
