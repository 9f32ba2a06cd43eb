"use client";

import { Button } from "@/components/ui/button";
import "./globals.css";

// The language is not known here: the layout that reads it is what failed.
const sentences = [
  ["en", "We couldn't load Channel Desk. No data was changed."],
  ["zh-CN", "无法显示页面。未作任何更改。"],
  ["ko", "페이지를 표시할 수 없습니다. 변경된 내용은 없습니다."],
  ["ja", "ページを表示できません。変更された内容はありません。"],
] as const;

type GlobalErrorProps = { error: Error & { digest?: string }; retry: () => void };

export default function GlobalError({ error, retry }: GlobalErrorProps) {
  return (
    <html lang="en">
      <body>
        <title>Channel Desk</title>
        <main className="mx-auto grid max-w-md justify-items-start gap-2 px-4 py-16">
          <h1 className="font-semibold text-title">Channel Desk</h1>
          <div role="alert" className="grid gap-2">
            {sentences.map(([lang, sentence]) => (
              <p key={lang} lang={lang}>
                {sentence}
              </p>
            ))}
          </div>
          {error.digest && <p className="font-mono text-dense text-muted">{error.digest}</p>}
          <Button variant="primary" className="mt-2" onClick={retry}>
            Try again · 重试 · 다시 시도 · 再試行
          </Button>
        </main>
      </body>
    </html>
  );
}
