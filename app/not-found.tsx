import { NotFoundMessage } from "../components/shell/not-found-message.tsx";

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <NotFoundMessage />
    </main>
  );
}
