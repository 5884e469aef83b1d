/** What the page of magic links says. */
export const strings = {
  title: "Magic links",
  introduction:
    "A magic link is an address, good once, by which the owner of an account connects it without an account here. Who has the address can use it.",
  caption: "The organisation's magic links, the latest first",
  empty: "No magic link was made yet.",
  columns: { type: "Type", customer: "Customer", bounds: "Limited to", ends: "Good until", used: "Used", do: "Change" },
  days: "Days that it is good",
  connection: "Connects anew",
  connectionHelp: "The id of a connection; empty for a new one",
  bounds: "Limit what can be connected",
  lists: {
    integration_allow_list: "Only these systems",
    integration_block_list: "Not these systems",
    integrations_with_endpoints: "Only systems that can",
    disabled_functions: "Begins without",
  },
  listHelp: "Names with commas between",
  make: "Make a magic link",
  once: "This is shown once; hand it to the owner of the account:",
  anew: "one connection, anew",
  withdraw: "Withdraw",
  withdrawQuestion: "Whoever has the address cannot use it any more, not even with the page open. What was connected with it stays.",
};
