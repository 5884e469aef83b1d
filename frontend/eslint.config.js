import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import typescript from "typescript-eslint";

export default typescript.config(
  ...typescript.configs.strict,
  a11y.flatConfigs.recommended,
  hooks.configs.flat.recommended,
  { rules: { "no-restricted-syntax": [
    "error",
    {
      selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
      message: "What comes from a vendor is text.",
    },
  ] } },
);
