using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>A demo host and an operator that it dials by: each a real server, and each tells the other.</summary>
internal sealed class ClickDesk : IAsyncDisposable
{
    /// <summary>
    /// The states of a dial that the operator accepted. Its calls take no time, so their events may come before the
    /// answer to the click does.
    /// </summary>
    public static readonly IReadOnlyList<string?> Taken = ["placed", "ringing", "answered", "ended"];

    private readonly WebApplication _simulator;

    private readonly List<TestScreen> _screens = [];

    private ClickDesk(WebApplication simulator, Uri address, TestHost host) =>
        (_simulator, Operator, Host) =
            (simulator, new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan }, host);

    public TestHost Host { get; }

    /// <summary>The operator's addresses, and those of the simulator itself.</summary>
    public HttpClient Operator { get; }

    /// <param name="operatorSettings">The simulator's; calls take no time where none are given.</param>
    public static Task<ClickDesk> StartAsync(
        TestStorage storage, IReadOnlyList<string>? operatorSettings = null, params string[] settings) =>
        StartAsync(storage, null, operatorSettings, settings);

    /// <param name="time">The host's clock; the operator's is the machine's.</param>
    public static Task<ClickDesk> StartAsync(
        TestStorage storage,
        TimeProvider? time,
        IReadOnlyList<string>? operatorSettings = null,
        params string[] settings) =>
        StartWithAsync(storage, new() { Time = time, Settings = settings }, operatorSettings);

    /// <param name="gate">Before the host's tables.</param>
    /// <param name="time">The host's clock.</param>
    public static Task<ClickDesk> StartAsync(TestStorage storage, StorageGate gate, TimeProvider time) =>
        StartWithAsync(storage, new() { Services = gate.Before, Time = time });

    public static async Task<ClickDesk> StartWithAsync(
        TestStorage storage, TestHostOptions options, IReadOnlyList<string>? operatorSettings = null)
    {
        storage.SkipWhereMissing();
        var (simulator, address) = await SimulatorApp.CreateAsync(
            ["--Click:FirstRingSeconds", "0", "--Click:SecondRingSeconds", "0", "--Click:TalkSeconds", "0", .. operatorSettings ?? []],
            builder => builder.Logging.ClearProviders());
        var host = await TestHost.StartAsync(
            storage, options with { Settings = ["--CallMyWay:BaseUrl", address.ToString(), .. options.Settings] });
        var desk = new ClickDesk(simulator, address, host);
        await desk.SetAsync("webhook", new { webhook = host.Webhook.ToString() });
        return desk;
    }

    public Task<HttpClient> SignInAsync(string agent) => Host.SignInAsync(agent);

    public async Task<TestScreen> ScreenAsync(HttpClient agent)
    {
        var screen = await TestScreen.OpenAsync(Host, agent);
        _screens.Add(screen);
        return screen;
    }

    /// <summary>Sets the simulator's <c>shape</c>, <c>click</c> or <c>webhook</c>.</summary>
    public async Task SetAsync(string what, object value)
    {
        using var response = await Operator.PutAsJsonAsync($"/simulator/{what}", value);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
    }

    /// <summary>The simulator's control: <c>faults</c>, <c>calls</c>, <c>hangup/…</c>.</summary>
    public async Task PostAsync(string what, object value)
    {
        using var response = await Operator.PostAsJsonAsync($"/simulator/{what}", value);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
    }

    /// <summary>The calls that the operator has made.</summary>
    public async Task<IReadOnlyList<JsonElement>> TruthAsync() => await Operator.ItemsAsync("/simulator/calls");

    public static async Task<(HttpStatusCode Status, JsonElement Body)> ClickAsync(HttpClient agent, object click, string? key = null, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/calls")
        {
            Content = JsonContent.Create(click)
        };
        request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString("N"));
        if (language is not null)
        {
            request.Headers.AcceptLanguage.ParseAdd(language);
        }

        using var response = await agent.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>The dial once its state is this.</summary>
    public static async Task<JsonElement> DialAsync(HttpClient agent, string dialId, params string[] states)
    {
        JsonElement dial = default;
        await Eventually.TrueAsync(
            async () =>
            {
                dial = (await agent.ReadAsync($"/api/dials/{dialId}")).ShouldNotBeNull();
                return states.Contains(dial.Text("state"), StringComparer.Ordinal);
            },
            () => $"the dial to be {string.Join(" or ", states)}, which is {dial}");
        return dial;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var screen in _screens)
        {
            await screen.DisposeAsync();
        }

        Operator.Dispose();
        await _simulator.DisposeAsync();
        await Host.DisposeAsync();
    }
}
