// Style sheets as the build gives them: names of a CSS module, or nothing.
declare module "*.module.css" {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module "*.css";
declare module "@fontsource-variable/*";
