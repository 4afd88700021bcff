using CallMyWay.Benchmarks;

switch (args)
{
    case ["storage", .. var rest]:
        await StorageBenchmark.RunAsync(rest);
        return 0;
    default:
        Console.Error.WriteLine("""
            What to measure:
              storage [rows]    the embedded storage beside the bare loop below it, and acks during an import (600000 rows)
            """);
        return 1;
}
