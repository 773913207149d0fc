import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** The glow of a warm tube, from pale to dark. */
const glow: MantineColorsTuple = [
  "#fff4e2",
  "#ffe7cc",
  "#fecd9b",
  "#fcb265",
  "#fb9b39",
  "#fa8c1d",
  "#fa850d",
  "#df7200",
  "#b95d00",
  "#8a4500",
];

export const theme = createTheme({
  primaryColor: "glow",
  primaryShade: { light: 8, dark: 5 },
  colors: { glow },
  autoContrast: true,
  defaultRadius: "md",
  cursorType: "pointer",
  fontFamily: "ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
});
