/** What the frame of the dashboard and its first pages say; each other page has a file of its own beside this. */
export const strings = {
  product: "Crossdock",
  shell: {
    skip: "Skip to the content",
    navigation: "Pages",
    signedInAs: (name: string, role: string) => `${name}, ${role}`,
    signOut: "Sign out",
    reference: "API reference",
    loading: "Loading",
    notFound: "There is no such page.",
    retry: "Try again",
    failed: "This could not be loaded.",
    offline: "The server does not answer. It may be restarting; the page goes on when it is back.",
    requestId: (id: string) => `Request ${id}`,
  },
  signIn: {
    title: "Sign in",
    email: "E-mail",
    password: "Password",
    submit: "Sign in",
  },
  firstStart: {
    title: "First start",
    introduction: "This makes the first organisation and its admin. The code was printed where the server was started.",
    code: "Set-up code",
    organisation: "Organisation",
    name: "Your name",
    email: "E-mail",
    password: "Password",
    passwordHelp: "At least 12 characters.",
    submit: "Make the account",
  },
  table: {
    empty: "There is nothing here.",
    older: "Next page",
    newer: "First page",
  },
};
