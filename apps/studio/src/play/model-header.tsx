import { Badge, Group, Table, Text, Title } from "@mantine/core";
import { describeArchitecture, type ModelDocument, parameterCount } from "../../../../src/modelfile/index.ts";
import { percent } from "../../../../src/recipes/index.ts";
import { readScores, readVerdict, type ScoreLine } from "./model-scores.ts";
import styles from "./play.module.css";
import { inKilohertz } from "./sound.ts";

/** What is being played, and how good it is. */
export function ModelHeader({ model }: { readonly model: ModelDocument }) {
  const { architecture, metadata, sampleRate } = model;
  const scores = readScores(metadata.scores);
  const judged = readVerdict(metadata.scores);
  const gear = [metadata.gearMake, metadata.gearModel].filter((part) => part !== undefined).join(" ");
  return (
    <header className={styles.model}>
      <div className={styles.modelTitle}>
        <Title order={1} className={styles.modelName}>
          {metadata.name}
        </Title>
        {gear !== "" && <Text c="dimmed">{gear}</Text>}
        <Group gap={8} mt="xs">
          <Fact>{describeArchitecture(architecture)}</Fact>
          <Fact>{parameterCount(architecture).toLocaleString("en")} parameters</Fact>
          <Fact>{inKilohertz(sampleRate)}</Fact>
        </Group>
        {judged !== undefined && (
          <Text size="sm" c="dimmed" mt="xs" className={styles.verdict}>
            {judged.sentence}
          </Text>
        )}
      </div>
      {scores.length > 0 && <Scores lines={scores} />}
    </header>
  );
}

function Fact({ children }: { readonly children: React.ReactNode }) {
  return (
    <Badge variant="default" size="lg" tt="none" fw={500}>
      {children}
    </Badge>
  );
}

function Scores({ lines }: { readonly lines: readonly ScoreLine[] }) {
  return (
    <Table className={styles.scores} withRowBorders={false} verticalSpacing={2} aria-label="Scores on the test span">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Error on the test span</Table.Th>
          <Table.Th className={styles.score}>as is</Table.Th>
          <Table.Th className={styles.score}>without DC</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map(({ name, scores }, index) => (
          <Table.Tr key={name} data-own={index === 0} className={styles.scoreLine}>
            <Table.Td>{name}</Table.Td>
            <Table.Td className={styles.score}>{percent(scores.esr)}</Table.Td>
            <Table.Td className={styles.score}>{percent(scores.esrDcBlocked)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
