import { analyzeCommand } from '../src/cli/analyze.ts';
await analyzeCommand({stdin:process.stdin,stdout:process.stdout,stderr:process.stderr,env:process.env,signal:new AbortController().signal,exit(c){process.exitCode=c}} as any).parseAsync(process.argv.slice(2),{from:'user'});
