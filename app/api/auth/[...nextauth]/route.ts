import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/session";
import { env } from "@/lib/env";

type Context = { params: Promise<{ nextauth: string[] }> };

const MAX_BODY_BYTES = 16_384;

export function GET(request: NextRequest, context: Context): Promise<Response> {
  return NextAuth(request, context, authOptions(env()));
}

export async function POST(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  // The library lets anybody write to the log here.
  if (nextauth[0] === "_log") return new Response(null, { status: 204 });
  if (!isSmallForm(request.headers)) return new Response(null, { status: 400 });
  return NextAuth(request, context, authOptions(env()));
}

function isSmallForm(headers: Headers): boolean {
  const length = Number(headers.get("content-length") ?? Number.POSITIVE_INFINITY);
  const type = headers.get("content-type") ?? "";
  return length <= MAX_BODY_BYTES && type.startsWith("application/x-www-form-urlencoded");
}
