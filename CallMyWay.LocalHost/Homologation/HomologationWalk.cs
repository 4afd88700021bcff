using System.Text.Json.Nodes;
using CallMyWay.LocalHost.Settings;

namespace CallMyWay.LocalHost.Homologation;

/// <summary>Goes through the open cases of a run with whoever sits at the console.</summary>
internal sealed class HomologationWalk(HostClient host, TextReader input, TextWriter output)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>So long the evidence may still come after the tester is done.</summary>
    private static readonly TimeSpan After = TimeSpan.FromSeconds(60);

    private bool _isClosed;

    /// <summary>How many cases have failed.</summary>
    public async Task<int> RunAsync(string? account, bool automatic, CancellationToken cancellationToken)
    {
        var run = await OpenAsync(account, cancellationToken);
        var path = $"/api/homologation/{run["runId"]}";
        foreach (var test in run["cases"]!.AsArray().OfType<JsonObject>())
        {
            if (_isClosed || (string?)test["state"] != "open" || (automatic && (bool?)test["automatic"] is not true))
            {
                continue;
            }

            await output.WriteLineAsync();
            await output.WriteLineAsync($"{test["case"]}: {test["title"]}");
            try
            {
                await DoAsync(path, test, automatic, cancellationToken);
            }
            catch (StartException refusal)
            {
                // One case that can't be done now is no reason to leave the others.
                await output.WriteLineAsync($"  {refusal.Message}");
            }
        }

        return await EndAsync(path, cancellationToken);
    }

    private async Task<JsonNode> OpenAsync(string? account, CancellationToken cancellationToken)
    {
        // The first of the settings is meant where none is named: another account's run is not gone on with.
        account ??= (string?)(await host.GetAsync("/api/operator-accounts", cancellationToken))["items"]!.AsArray()
            .FirstOrDefault()?["account"];
        if (account is not null && await FindOpenAsync(account, cancellationToken) is { } open)
        {
            await output.WriteLineAsync($"Going on with the run of {open["startedAt"]}, account {open["account"]}.");
            return await host.GetAsync($"/api/homologation/{open["runId"]}", cancellationToken);
        }

        var run = await host.PostAsync("/api/homologation", new { account }, cancellationToken);
        await output.WriteLineAsync($"A new run, account {run["account"]}, operator {run["operator"]}.");
        return run;
    }

    private async Task<JsonNode?> FindOpenAsync(string account, CancellationToken cancellationToken)
    {
        var first = $"/api/homologation?account={Uri.EscapeDataString(account)}";
        for (var address = first; ;)
        {
            var page = await host.GetAsync(address, cancellationToken);
            var open = page["items"]!.AsArray().FirstOrDefault(each => (string?)each!["state"] == "open");
            if (open is not null || (string?)page["next"] is not { } next)
            {
                return open;
            }

            address = $"{first}&next={Uri.EscapeDataString(next)}";
        }
    }

    private async Task DoAsync(string path, JsonObject test, bool automatic, CancellationToken cancellationToken)
    {
        var cases = $"{path}/cases/{test["case"]}";
        if ((bool?)test["automatic"] is true)
        {
            await StartAsync(test, () => host.PostAsync(cases, new { @do = "start" }, cancellationToken));
            var found = await SettledAsync(path, test, TimeSpan.FromMinutes(10), cancellationToken);
            await ShowAsync(found);
            // What it could not find out by itself is asked of the tester.
            if (!automatic && (string?)found["state"] == "open" && found["asks"] is not null)
            {
                await DecideAsync(cases, found, cancellationToken);
            }

            return;
        }

        foreach (var step in test["steps"]!.AsArray())
        {
            await output.WriteLineAsync($"  - {step}");
        }

        var way = await AskAsync("  Enter to go on, s to skip the case, l to leave it open", cancellationToken);
        if (way is "s" or "l" or null)
        {
            if (way == "s")
            {
                await host.PostAsync(cases, new { @do = "skip" }, cancellationToken);
            }

            return;
        }

        switch ((string?)test["kind"])
        {
            case "byHand":
                await DecideAsync(cases, test, cancellationToken);
                return;
            case "dial" when !await DialAsync(cases, test, cancellationToken):
                return;
            case "watch":
                await StartAsync(test, () => host.PostAsync(cases, new { @do = "start" }, cancellationToken));
                break;
        }

        await AskAsync("  Enter when the steps are done", cancellationToken);
        var settled = await SettledAsync(path, test, After, cancellationToken);
        if (settled["working"] is not null)
        {
            await host.PostAsync(cases, new { @do = "stop" }, cancellationToken);
            settled = await SettledAsync(path, test, TimeSpan.Zero, cancellationToken);
        }

        await ShowAsync(settled);
    }

    // What went on already when the command began is waited for.
    private static Task StartAsync(JsonObject test, Func<Task> start) =>
        test["working"] is null ? start() : Task.CompletedTask;

    private async Task<bool> DialAsync(string cases, JsonObject test, CancellationToken cancellationToken)
    {
        if (test["working"] is not null)
        {
            return true;
        }

        var number = await AskAsync("  Number to call", cancellationToken);
        var endpointId = await AskAsync("  Endpoint id of the phone that calls", cancellationToken);
        if (await AskAsync($"  {number} will be called from {endpointId}, and the call is charged. Write yes to call", cancellationToken)
            != "yes")
        {
            await output.WriteLineAsync("  Nothing was dialled.");
            return false;
        }

        await host.PostAsync(cases, new { @do = "start", confirmed = true, number, endpointId }, cancellationToken);
        return true;
    }

    private async Task DecideAsync(string cases, JsonObject test, CancellationToken cancellationToken)
    {
        var told = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var ask in test["asks"]?.AsArray().OfType<JsonObject>() ?? [])
        {
            var choices = ask["choices"]?.AsArray().Select(choice => $"{choice!["value"]} ({choice["label"]})");
            told[(string)ask["key"]!] = await AskAsync(
                $"  {ask["label"]}{(choices is null ? "" : $" [{string.Join(", ", choices)}]")}", cancellationToken);
        }

        var state = await AskAsync("  p if it passed, f if it failed", cancellationToken) switch
        {
            "p" => "passed",
            "f" => "failed",
            _ => null,
        };
        if (state is null)
        {
            await output.WriteLineAsync("  The case stays open.");
            return;
        }

        await host.PostAsync(cases, new { @do = "decide", state, told }, cancellationToken);
    }

    private async Task<JsonObject> SettledAsync(
        string path, JsonObject test, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var until = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var run = await host.GetAsync(path, cancellationToken);
            var now = run["cases"]!.AsArray().OfType<JsonObject>()
                .First(each => (string?)each["case"] == (string?)test["case"]);
            if (now["working"] is null || TimeProvider.System.GetElapsedTime(until) >= atMost)
            {
                return now;
            }

            await Task.Delay(Poll, cancellationToken);
        }
    }

    private async Task ShowAsync(JsonObject test)
    {
        await output.WriteLineAsync($"  {test["state"]}{(test["advice"] is { } advice ? $": {advice}" : "")}");
        foreach (var answer in test["answers"]?.AsArray() ?? [])
        {
            await output.WriteLineAsync($"  {answer!["question"]} = {answer["label"]}");
        }
    }

    private async Task<int> EndAsync(string path, CancellationToken cancellationToken)
    {
        var run = await host.GetAsync(path, cancellationToken);
        await output.WriteLineAsync();
        foreach (var question in run["questions"]!.AsArray())
        {
            var setting = question!["setting"];
            await output.WriteLineAsync(
                $"{question["title"]}: {(string?)question["label"] ?? "?"}"
                + (setting is null ? "" : $"  ({setting["name"]} = {setting["value"]}, now {setting["now"] ?? "-"})"));
        }

        var states = run["cases"]!.AsArray().CountBy(test => (string)test!["state"]!).ToDictionary();
        await output.WriteLineAsync();
        await output.WriteLineAsync(string.Join(", ", states.Select(state => $"{state.Key} {state.Value}")));
        return states.GetValueOrDefault("failed");
    }

    /// <summary>What was written; null where the input has ended, and then the walk does.</summary>
    private async Task<string?> AskAsync(string question, CancellationToken cancellationToken)
    {
        await output.WriteAsync($"{question}: ");
        var answer = await input.ReadLineAsync(cancellationToken);
        _isClosed = answer is null;
        return answer?.Trim();
    }
}
