/** Loaded before a server: what it posts to Slack goes to SLACK_STAND_IN. Nothing of the server's own can be told so. */
const real = globalThis.fetch;
const { SLACK_STAND_IN = "" } = process.env;
globalThis.fetch = (address, init) => real(`${address}`.replace("https://hooks.slack.com", SLACK_STAND_IN), init);
