/** What the page of one's own account says. */
export const strings = {
  title: "Your account",
  who: (name: string, email: string, role: string, organisation: string) =>
    `${name}, ${email}, ${role} of ${organisation}`,
  password: "Change the password",
  current: "Password until now",
  new: "New password",
  change: "Change",
  done: "The password is changed. Your other sessions have ended.",
};
