/** What is looked up among which routes. A catch-all is written `*rest`, the form of `RouteTree`; each router gets its own. */

/** The twelve routes by which hono compares routers. */
const hono = toRoutes(`
  GET /user
  GET /user/comments
  GET /user/avatar
  GET /user/lookup/username/:username
  GET /user/lookup/email/:address
  GET /event/:id
  GET /event/:id/comments
  POST /event/:id/comment
  POST /map/:location/events
  GET /status
  GET /very/deeply/nested/route/hello/there
  GET /static/*rest
`);

const githubPaths = `
  /authorizations /authorizations/:id /events /repos/:owner/:repo/events /networks/:owner/:repo/events /orgs/:org/events
  /users/:user/received_events /users/:user/received_events/public /users/:user/events /users/:user/events/public
  /users/:user/events/orgs/:org /feeds /notifications /repos/:owner/:repo/notifications /notifications/threads/:id
  /notifications/threads/:id/subscription /repos/:owner/:repo/stargazers /users/:user/starred /user/starred
  /user/starred/:owner/:repo /repos/:owner/:repo/subscribers /users/:user/subscriptions /user/subscriptions
  /user/subscriptions/:owner/:repo /users/:user/gists /gists /gists/:id /gists/:id/star /repos/:owner/:repo/git/blobs/:sha
  /repos/:owner/:repo/git/commits/:sha /repos/:owner/:repo/git/refs /repos/:owner/:repo/git/tags/:sha
  /repos/:owner/:repo/git/trees/:sha /issues /user/issues /orgs/:org/issues /repos/:owner/:repo/issues
  /repos/:owner/:repo/issues/:number /repos/:owner/:repo/assignees /repos/:owner/:repo/assignees/:assignee
  /repos/:owner/:repo/issues/:number/comments /repos/:owner/:repo/issues/:number/events /repos/:owner/:repo/labels
  /repos/:owner/:repo/labels/:name /repos/:owner/:repo/issues/:number/labels /repos/:owner/:repo/milestones/:number/labels
  /repos/:owner/:repo/milestones /repos/:owner/:repo/milestones/:number /emojis /gitignore/templates
  /gitignore/templates/:name /meta /rate_limit /users/:user/orgs /user/orgs /orgs/:org /orgs/:org/members
  /orgs/:org/members/:user /orgs/:org/public_members /orgs/:org/public_members/:user /orgs/:org/teams /teams/:id
  /teams/:id/members /teams/:id/members/:user /teams/:id/repos /teams/:id/repos/:owner/:repo /user/teams
  /repos/:owner/:repo/pulls /repos/:owner/:repo/pulls/:number /repos/:owner/:repo/pulls/:number/commits
  /repos/:owner/:repo/pulls/:number/files /repos/:owner/:repo/pulls/:number/merge
  /repos/:owner/:repo/pulls/:number/comments /user/repos /users/:user/repos /orgs/:org/repos /repositories
  /repos/:owner/:repo /repos/:owner/:repo/contributors /repos/:owner/:repo/languages /repos/:owner/:repo/teams
  /repos/:owner/:repo/tags /repos/:owner/:repo/branches /repos/:owner/:repo/branches/:branch
  /repos/:owner/:repo/collaborators /repos/:owner/:repo/collaborators/:user /repos/:owner/:repo/comments
  /repos/:owner/:repo/commits/:sha/comments /repos/:owner/:repo/commits /repos/:owner/:repo/commits/:sha
  /repos/:owner/:repo/readme /repos/:owner/:repo/keys /repos/:owner/:repo/keys/:id /repos/:owner/:repo/downloads
  /repos/:owner/:repo/forks /repos/:owner/:repo/hooks /repos/:owner/:repo/hooks/:id /repos/:owner/:repo/releases
  /repos/:owner/:repo/releases/:id /repos/:owner/:repo/releases/:id/assets /repos/:owner/:repo/stats/contributors
  /repos/:owner/:repo/stats/commit_activity /repos/:owner/:repo/statuses/:ref /search/repositories /search/code
  /search/issues /search/users /legacy/issues/search/:owner/:repository/:state/:keyword /legacy/repos/search/:keyword
  /legacy/user/search/:keyword /users/:user /user /users /user/emails /users/:user/followers /user/followers
  /users/:user/following /user/following /user/following/:user /users/:user/keys /user/keys /user/keys/:id
`
  .trim()
  .split(/\s+/);

/** The paths of the GitHub API under GET, and some under POST and DELETE as well: 203 routes. */
const github = [
  ...githubPaths.map((path) => ["GET", path]),
  ...githubPaths.filter((_, index) => index % 2 === 1).map((path) => ["POST", path]),
  ...githubPaths.filter((_, index) => index % 6 === 0).map((path) => ["DELETE", path]),
].slice(0, 203);

/** 1,000 routes of 250 resources. */
const generated = Array.from({ length: 250 }, (_, index) => `/api/v1/resource${index}`).flatMap((path) => [
  ["GET", path],
  ["GET", `${path}/:id`],
  ["POST", `${path}/:id/items`],
  ["GET", `${path}/:id/items/:item`],
]);

/** Each set with its routes and its classes of look-ups; all look-ups together are the mix. */
export const routeSets = {
  hono: {
    routes: hono,
    lookups: {
      "static, short": ["/user", "/status"],
      "static, long": ["/very/deeply/nested/route/hello/there", "/user/comments"],
      parameter: ["/user/lookup/username/hey", "/event/abcd1234"],
      "parameter, then static": ["/event/abcd1234/comments"],
      "catch-all": ["/static/js/app/index.js"],
      miss: ["/nothing/here/at/all", "/event/1/nope"],
    },
  },
  github: {
    routes: github,
    lookups: {
      static: ["/user/repos", "/search/repositories"],
      parameters: ["/repos/octocat/hello-world/issues/1347", "/users/octocat/followers"],
      deep: ["/legacy/issues/search/octo/hello/open/bug", "/repos/octocat/hello-world/pulls/12/comments"],
      miss: ["/repos/octocat/hello-world/nope/x", "/zzz"],
    },
  },
  generated: {
    routes: generated,
    lookups: {
      static: ["/api/v1/resource137"],
      "one parameter": ["/api/v1/resource137/42"],
      "two parameters": ["/api/v1/resource249/42/items/7"],
      miss: ["/api/v1/resource999/42"],
    },
  },
};

function toRoutes(text) {
  const lines = text.trim().split("\n");
  return lines.map((line) => line.trim().split(" "));
}
