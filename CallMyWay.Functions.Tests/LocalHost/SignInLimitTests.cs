using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CallMyWay.Functions.Tests.LocalHost;

public abstract class SignInLimitTests(TestStorage storage) : IAsyncLifetime
{
    private const string Office = "203.0.113.10";

    private const string Elsewhere = "198.51.100.20";

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    private TestHost _host = null!;

    public async Task InitializeAsync() =>
        _host = await TestHost.StartAsync(storage, new() { Time = _time, Services = Slow });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task Five_Failures_Lock_The_Account_For_That_Address_Even_With_The_Right_Password()
    {
        await FailAsync(5, "ana", Office);

        using var locked = await TryAsync("ana", "demo", Office);
        locked.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        locked.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        RetryAfter(locked).ShouldBeInRange(1, 15);
        await SucceedAsync("luis", Office);
        await SucceedAsync("ana", Elsewhere);

        _time.Advance(TimeSpan.FromSeconds(16));
        await SucceedAsync("ana", Office);
    }

    [SkippableFact]
    public async Task Each_Further_Failure_Locks_For_Longer_But_Never_For_Long()
    {
        var locks = new List<int>();
        await FailAsync(5, "ana");
        for (var i = 0; i < 7; i++)
        {
            using var response = await TryAsync("ana", "wrong");
            response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            locks.Add(RetryAfter(response));
            _time.Advance(TimeSpan.FromSeconds(locks[^1]));
            await FailAsync(1, "ana");
        }

        locks.ShouldBe([15, 30, 60, 120, 120, 120, 120]);
    }

    [SkippableFact]
    public async Task A_Hundred_Guesses_At_Once_Count_As_A_Hundred()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => TryAsync("ana", "wrong")));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized).ShouldBe(5);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ShouldBe(95);
    }

    [SkippableFact]
    public async Task Of_Three_Hundred_Names_At_Once_From_One_Address_Twenty_Are_Verified()
    {
        var gate = new StorageGate();
        await using var host = await TestHost.StartAsync(
            storage, new() { Time = _time, Services = (Action<IServiceCollection>)Slow + gate.Before });
        // The first try is held until all have come. If twenty were answered before, the others would count anew.
        var first = gate.Hold($"get {SignInGuard.Table} ");
        var tries = Enumerable.Range(0, 300).Select(i => TryAsync($"name{i}", "wrong", Office, host)).ToList();
        await first.Reached;
        await Eventually.TrueAsync(() => Task.FromResult(tries.Count(answer => answer.IsCompleted) == 280));
        gate.Open();
        var answers = await Task.WhenAll(tries);

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized).ShouldBe(20);
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        refused.Count.ShouldBe(280);
        refused.ShouldAllBe(answer => RetryAfter(answer) <= 15);
    }

    [SkippableFact]
    public async Task Twenty_Typing_Errors_Of_An_Office_Lock_Nobody_Out()
    {
        foreach (var agent in new[] { "ana", "luis", "sofia", "marta", "pedro" })
        {
            await FailAsync(4, agent, Office);
        }

        foreach (var agent in new[] { "ana", "luis", "sofia", "admin" })
        {
            await SucceedAsync(agent, Office);
        }
    }

    [SkippableFact]
    public async Task A_Sign_In_Removes_The_Agents_Own_Failures_From_The_Address()
    {
        await using var host = await StartAsync("--SignIn:FailuresPerAddress", "7");
        await FailAsync(3, "pedro", Office, host);
        foreach (var agent in new[] { "ana", "luis", "sofia" })
        {
            await FailAsync(3, agent, Office, host);
            await SucceedAsync(agent, Office, host);
        }

        // Failures without a later success still count.
        await FailAsync(4, "marta", Office, host);
        using var locked = await TryAsync("admin", "demo", Office, host);
        locked.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [SkippableTheory]
    [InlineData("203.0.113.10", "203.0.113.10", "203.0.113.11")]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:2::1")]
    public async Task Guessing_Many_Names_From_One_Address_Locks_It_But_Not_For_Accounts_Known_There(
        string address, string same, string another)
    {
        await using var host = await StartAsync("--SignIn:FailuresPerAddress", "8");
        await SucceedAsync("luis", same, host);
        for (var i = 0; i < 8; i++)
        {
            await FailAsync(1, $"name{i}", address, host);
        }

        foreach (var name in new[] { "ana", "nobody" })
        {
            using var locked = await TryAsync(name, "demo", same, host);
            locked.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        }

        await SucceedAsync("luis", address, host);
        await SucceedAsync("ana", another, host);
    }

    [SkippableFact]
    public async Task Guessing_One_Account_From_Many_Addresses_Locks_It_But_Not_Where_It_Is_Known()
    {
        await using var host = await StartAsync("--SignIn:FailuresPerAccount", "6");
        await SucceedAsync("ana", Office, host);
        var answers = new Dictionary<string, List<HttpStatusCode>> { ["ana"] = [], ["nobody"] = [] };
        foreach (var (name, statuses) in answers)
        {
            for (var i = 0; i < 7; i++)
            {
                using var answer = await TryAsync(name, "wrong", $"192.0.2.{i}", host);
                statuses.Add(answer.StatusCode);
            }
        }

        answers["ana"].ShouldBe([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 6), HttpStatusCode.TooManyRequests]);
        answers["nobody"].ShouldBe(answers["ana"], "a name that nobody has is answered as one that somebody has");
        using var locked = await TryAsync("ana", "demo", Elsewhere, host);
        locked.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        await SucceedAsync("ana", Office, host);
    }

    [SkippableFact]
    public async Task A_Known_Browser_Is_Not_Locked_Out_Anywhere_Until_The_Password_Changes()
    {
        await using var host = await StartAsync("--SignIn:FailuresPerAccount", "5");
        using var browser = await SucceedAsync("ana", Office, host);
        using var admin = await host.SignInAsync("admin");
        await LockAsync("ana");

        (await SignInAsync(browser, "ana", "demo", "192.0.2.1")).ShouldBe(HttpStatusCode.NoContent);
        (await SignInAsync(browser, "luis", "demo", "192.0.2.2")).ShouldBe(HttpStatusCode.NoContent);
        await LockAsync("luis");
        // The browser keeps the last account's cookie. Luis has signed in from that address.
        (await SignInAsync(browser, "ana", "demo", "192.0.2.3")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await SignInAsync(browser, "luis", "demo", "192.0.2.3")).ShouldBe(HttpStatusCode.NoContent);

        const string Longer = "una frase larga";
        using var changed = await admin.PutAsJsonAsync("/api/agents/luis/password", new { password = Longer });
        changed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await SignInAsync(browser, "luis", Longer, "192.0.2.3")).ShouldBe(HttpStatusCode.TooManyRequests);

        async Task LockAsync(string agent)
        {
            for (var i = 0; i < 5; i++)
            {
                await FailAsync(1, agent, $"198.51.100.{i}", host);
            }

            using var locked = await TryAsync(agent, "demo", Elsewhere, host);
            locked.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        }
    }

    [SkippableFact]
    public async Task The_Failures_Of_A_Known_Browser_Count_Only_For_That_Browser()
    {
        using var browser = await SucceedAsync("ana", Office);
        using var other = await SucceedAsync("ana", Office);
        for (var i = 0; i < 5; i++)
        {
            (await SignInAsync(browser, "ana", "wrong", Elsewhere)).ShouldBe(HttpStatusCode.Unauthorized);
        }

        (await SignInAsync(browser, "ana", "demo", Elsewhere)).ShouldBe(HttpStatusCode.TooManyRequests);
        (await SignInAsync(other, "ana", "demo", Elsewhere)).ShouldBe(HttpStatusCode.NoContent);
    }

    [SkippableFact]
    public async Task During_A_Flood_Of_Sign_Ins_Known_Clients_Go_First_And_The_Others_Are_Refused_At_Once()
    {
        using var ana = await SucceedAsync("ana", Office);
        var told = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var guesses = Enumerable.Range(0, 150).Select(GuessAsync).ToList();
        (await told.Task).ShouldBeInRange(1, 5);

        // Her browser at another address, and another browser at a known address.
        using var browser = _host.Browser();
        (await SignInAsync(ana, "ana", "demo", Elsewhere)).ShouldBe(HttpStatusCode.NoContent);
        (await SignInAsync(browser, "ana", "demo", Office)).ShouldBe(HttpStatusCode.NoContent);

        guesses.ShouldContain(guess => !guess.IsCompleted, "she was verified before guesses that had come before her");
        var answers = await Task.WhenAll(guesses);
        var verified = answers.Count(answer => answer == HttpStatusCode.Unauthorized);
        verified.ShouldBeInRange(SignInQueue.LongestOfOthers, 149);
        answers.Count(answer => answer == HttpStatusCode.TooManyRequests).ShouldBe(150 - verified);

        async Task<HttpStatusCode> GuessAsync(int i)
        {
            using var answer = await TryAsync($"name{i}", "wrong", $"192.0.2.{i}");
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                told.TrySetResult(RetryAfter(answer));
            }

            return answer.StatusCode;
        }
    }

    [SkippableFact]
    public async Task A_Guess_Counts_Even_If_The_Caller_Disconnects()
    {
        const string Body = """{"agent":"ana","password":"wrong"}""";
        var request = $"""
            POST /api/session HTTP/1.1
            Host: {_host.Address.Authority}
            Content-Type: application/json
            Content-Length: {Body.Length}

            {Body}
            """.ReplaceLineEndings("\r\n");
        for (var i = 1; i <= 5; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(_host.Address.Host, _host.Address.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
            // A try is counted before it is answered.
            await Eventually.TrueAsync(async () => await FailuresOfAnaAsync() == i);
        }

        using var locked = await TryAsync("ana", "demo");
        locked.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);

        async Task<long?> FailuresOfAnaAsync()
        {
            var row = await _host.Get<ITables>()[SignInGuard.Table].GetAsync("pair", "ana~7f000001", default);
            return row?.Number("failures");
        }
    }

    [SkippableFact]
    public async Task A_Restart_Keeps_Failures_And_Known_Browsers()
    {
        var folder = Directory.CreateTempSubdirectory("callmyway-signin-");
        try
        {
            string cookies;
            await using (var before = await StartAsync(folder.FullName))
            {
                using var browser = await SucceedAsync("ana", Office, before);
                cookies = before.CookiesOf(browser).GetCookieHeader(new Uri(before.Address, "/api/session"));
                await FailAsync(5, "luis", Office, before);
                await FailAsync(5, "ana", Elsewhere, before);
            }

            await using var after = await StartAsync(folder.FullName);
            foreach (var (agent, from) in new[] { ("luis", Office), ("ana", Elsewhere) })
            {
                using var locked = await TryAsync(agent, "demo", from, after);
                locked.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            }

            using var known = after.Anonymous();
            known.DefaultRequestHeaders.Add("Cookie", cookies);
            (await SignInAsync(known, "ana", "demo", Elsewhere)).ShouldBe(HttpStatusCode.NoContent);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Task<TestHost> StartAsync(string path) =>
            TestHost.StartAsync(storage, new() { Time = _time, DataPath = path });
    }

    [SkippableFact]
    public async Task Setting_The_Clock_Back_Neither_Ends_Nor_Prolongs_A_Lock()
    {
        await FailAsync(5, "ana", Office);
        _time.AdjustTime(_time.GetUtcNow().AddDays(-1));

        using var locked = await TryAsync("ana", "demo", Office);
        locked.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        RetryAfter(locked).ShouldBe(15);
        _time.Advance(TimeSpan.FromSeconds(10));
        using var still = await TryAsync("ana", "demo", Office);
        RetryAfter(still).ShouldBe(5);
        _time.Advance(TimeSpan.FromSeconds(6));
        await SucceedAsync("ana", Office);
    }

    [SkippableFact]
    public async Task A_Success_Removes_The_Failures_And_Each_Row_Has_Its_Time()
    {
        await FailAsync(2, "ana", Office);
        var table = _host.Get<ITables>()[SignInGuard.Table];
        var keys = new[] { ("pair", "ana~cb00710a"), ("account", "ana"), ("address", "cb00710a") };
        foreach (var (partition, key) in keys)
        {
            var row = (await table.GetAsync(partition, key, default)).ShouldNotBeNull();
            row.Time(SignInGuard.LastFailure)!.Value.ShouldBe(_time.GetUtcNow(), TimeSpan.FromSeconds(1));
        }

        await SucceedAsync("ana", Office);

        foreach (var (partition, key) in keys)
        {
            (await table.GetAsync(partition, key, default)).ShouldBeNull();
        }
    }

    private Task<TestHost> StartAsync(params string[] settings) =>
        TestHost.StartAsync(storage, new() { Time = _time, Settings = settings });

    // Slow enough for many to wait, where the time of a check is part of what is tested. In an office a check takes
    // three times as long.
    private static void Slow(IServiceCollection services) =>
        services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = 33_000);

    private async Task FailAsync(int times, string agent, string? from = null, TestHost? host = null)
    {
        for (var i = 0; i < times; i++)
        {
            using var answer = await TryAsync(agent, "wrong", from, host);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"{agent}'s failure {i + 1}");
        }
    }

    /// <summary>A browser that has signed in.</summary>
    private async Task<HttpClient> SucceedAsync(string agent, string? from = null, TestHost? host = null)
    {
        var browser = (host ?? _host).Browser();
        (await SignInAsync(browser, agent, "demo", from)).ShouldBe(HttpStatusCode.NoContent, agent);
        return browser;
    }

    /// <summary>A try by a client without cookies.</summary>
    private Task<HttpResponseMessage> TryAsync(
        string agent, string password, string? from = null, TestHost? host = null) =>
        SendAsync((host ?? _host).Anonymous(), agent, password, from);

    private static async Task<HttpStatusCode> SignInAsync(
        HttpClient client, string agent, string password, string? from)
    {
        using var answer = await SendAsync(client, agent, password, from);
        return answer.StatusCode;
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string agent, string password, string? from)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/session")
        {
            Content = JsonContent.Create(new { agent, password }),
        };
        if (from is not null)
        {
            // The header of a reverse proxy on this machine.
            request.Headers.Add("X-Forwarded-For", from);
        }

        return client.SendAsync(request);
    }

    private static int RetryAfter(HttpResponseMessage answer) =>
        int.Parse(answer.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture);
}

public sealed class SignInLimitTestsOnSqlite() : SignInLimitTests(TestStorage.Sqlite);

public sealed class SignInLimitTestsOnAzurite() : SignInLimitTests(TestStorage.AzuriteInTheLongRun);
