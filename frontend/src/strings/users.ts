/** What the page of people says. */
export const strings = {
  title: "Users",
  caption: "Who may sign in",
  invite: "Invite",
  once: (name: string) => `Hand this link to ${name}. It is shown this once, and is good once and for 7 days:`,
  inviteAgain: "Invite again",
  disable: "Disable",
  enable: "Enable",
  remove: "Delete",
  removeQuestion: (name: string) => `${name} is signed out and cannot sign in any more.`,
  roleOf: (name: string) => `Role of ${name}`,
  statuses: { active: "active", invited: "invited", disabled: "disabled" },
  columns: { name: "Name", email: "E-mail", role: "Role", status: "Status", seen: "Last signed in", do: "Change" },
};
