import "@mantine/core/styles.css";
import "uplot/dist/uPlot.min.css";
import "./studio.css";
import { MantineProvider } from "@mantine/core";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { PlayScreen } from "./play/play-screen.tsx";
import { theme } from "./theme.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("bug: index.html has no root");
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <PlayScreen />
    </MantineProvider>
  </StrictMode>,
);
