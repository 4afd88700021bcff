using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CallMyWay.Functions.Tests.PopUps;

public sealed class ScreensCircuitTests : IDisposable
{
    private static readonly PopUp Call = new()
    {
        CallId = "c1",
        Account = "8000001",
        AgentId = "ana",
        Direction = CallDirection.In,
        Number = new("+50688881234", "8888 1234", PhoneNumberKind.Number),
        StartedAt = DateTimeOffset.UnixEpoch,
        State = CallState.Ringing,
        Match = MatchKind.None,
        Candidates = [],
    };

    private readonly FakeTimeProvider _time = new();

    private readonly LogCapture _log = new();

    private readonly Channel _channel = new();

    private readonly ILoggerFactory _loggers;

    private readonly ScreensCircuit _circuit;

    public ScreensCircuitTests()
    {
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _circuit = new ScreensCircuit(_channel, _time, _loggers.CreateLogger<ScreensCircuit>());
    }

    public void Dispose() => _loggers.Dispose();

    [Fact]
    public async Task A_Channel_That_Is_Down_Is_Asked_Once_After_Each_Break_And_The_Breaks_Grow_To_A_Minute()
    {
        _channel.IsDown = true;
        await FailAsync(ScreensCircuit.LeastSends);

        foreach (var seconds in new[] { 5, 10, 20, 40, 60, 60 })
        {
            _time.Advance(TimeSpan.FromSeconds(seconds - 1));
            var asked = _channel.Asked;
            (await SendAsync()).ShouldBeFalse();
            _channel.Asked.ShouldBe(asked, $"the break of {seconds} s is not over");

            _time.Advance(TimeSpan.FromSeconds(2));
            await FailAsync(1);
            (await SendAsync()).ShouldBeFalse();
            _channel.Asked.ShouldBe(asked + 1);
        }
    }

    [Fact]
    public async Task A_Channel_That_Is_Back_Takes_All_And_The_Log_Tells_What_Was_Not_Sent()
    {
        _channel.IsDown = true;
        await FailAsync(ScreensCircuit.LeastSends);
        (await SendAsync()).ShouldBeFalse();
        (await SendAsync()).ShouldBeFalse();
        _channel.IsDown = false;
        _time.Advance(ScreensCircuit.FirstBreak);

        (await SendAsync()).ShouldBeTrue();
        (await SendAsync()).ShouldBeTrue();

        _log.Entries(LogLevel.Error).ShouldHaveSingleItem().ShouldContain("realtime channel to the screens is down");
        _log.Entries(LogLevel.Warning).Last().ShouldContain("is back. 2 messages were not sent");
    }

    [Fact]
    public async Task One_Agent_Whose_Messages_Are_Refused_Stops_Nobody_Elses()
    {
        _channel.Refuses = "luis";

        for (var turn = 0; turn < 20; turn++)
        {
            await Should.ThrowAsync<ScreensException>(() => SendAsync("luis"));
            (await SendAsync()).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_Send_That_Is_Cancelled_Says_Nothing_About_The_Channel()
    {
        for (var turn = 0; turn < 20; turn++)
        {
            await Should.ThrowAsync<OperationCanceledException>(
                () => _circuit.TrySendAsync("ana", ScreenMessage.PopUp, Call, new CancellationToken(canceled: true)));
        }

        (await SendAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Messages_To_Lists_That_Fail_Stop_No_Pop_Up()
    {
        _channel.Refuses = "sofia";
        for (var time = 0; time < 10 * ScreensCircuit.LeastSends; time++)
        {
            await Should.ThrowAsync<ScreensException>(SendToListsAsync);
        }

        (await SendAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task While_The_Channel_Is_Down_Lists_Are_Not_Sent_And_Are_Not_What_Tries_It()
    {
        _channel.IsDown = true;
        await FailAsync(ScreensCircuit.LeastSends);
        var asked = _channel.Asked;

        await SendToListsAsync();
        _time.Advance(ScreensCircuit.FirstBreak + TimeSpan.FromSeconds(1));
        await SendToListsAsync();
        _channel.Asked.ShouldBe(asked);

        _channel.IsDown = false;
        (await SendAsync()).ShouldBeTrue();
        await SendToListsAsync();
        _channel.Asked.ShouldBe(asked + 2);
    }

    private Task SendToListsAsync() => _circuit.SendBesideAsync(
        "sofia", ScreenMessage.CallsChanged, new CallsChanged([]), default);

    private Task<bool> SendAsync(string agentId = "ana") =>
        _circuit.TrySendAsync(agentId, ScreenMessage.PopUp, Call, default);

    private async Task FailAsync(int times)
    {
        for (var time = 0; time < times; time++)
        {
            await Should.ThrowAsync<ScreensException>(() => SendAsync());
        }
    }

    /// <summary>The edge to a service that can be down.</summary>
    private sealed class Channel : IScreens
    {
        public bool IsDown { get; set; }

        public string? Refuses { get; set; }

        public int Asked { get; private set; }

        public Task SendAsync(string agentId, ScreenMessage message, PopUp popUp, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Asked++;
            return IsDown || agentId == Refuses ? throw new ScreensException("Over its quota.") : Task.CompletedTask;
        }

        public Task SendAsync(
            string agentId, ScreenMessage message, object content, CancellationToken cancellationToken) =>
            SendAsync(agentId, ScreenMessage.CallsChanged, Call, cancellationToken);

        public ValueTask<ScreenConnection> NegotiateAsync(
            string agentId, DateTimeOffset? endsAt, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
