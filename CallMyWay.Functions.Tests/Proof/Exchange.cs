using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using CallMyWay.Simulator;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Tests.Proof;

/// <summary>A notification of the truth, and whether it was acked.</summary>
internal sealed record Told(SimulatedCall Call, Notification Notification)
{
    public bool IsAcked { get; set; }
}

/// <summary>A click that has left for the operator.</summary>
/// <param name="LeftAt">When.</param>
internal sealed record LeftClick(DateTimeOffset LeftAt, string Phone, string Number);

/// <summary>A click as it came to the operator.</summary>
/// <param name="Status">What it was answered with.</param>
/// <param name="IsReached">True where the person talks to the agent in the end.</param>
internal sealed record ArrivedClick(DateTimeOffset At, string Phone, string Number, HttpStatusCode Status, bool IsReached)
{
    public SimulatedCall? Call { get; init; }
}

/// <summary>
/// The operator: the simulator's calls, prices, notifications and records, played by the run's own time.
/// </summary>
internal sealed class Exchange : IDisposable
{
    public const string Account = "8000001";

    public const string Password = "proof";

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(4);

    private readonly ProofRun _run;

    private readonly Behaviour _behaviour;

    private readonly Tariff _tariff;

    private readonly CallBook _book;

    private readonly Notifier _notifier;

    private readonly List<Told> _told = [];

    private readonly Dictionary<string, int> _dialled = new(StringComparer.Ordinal);

    private readonly Dictionary<string, DateTimeOffset> _busyUntil = new(StringComparer.Ordinal);

    private DateTimeOffset? _lastQuery;

    public Exchange(ProofRun run)
    {
        _run = run;
        var random = run.Weather.Random;
        var settings = new SimulatorOptions
        {
            Shape = new Shape
            {
                StartAt = Any<StartAt>(),
                RingGroup = Any<RingGroup>(),
                TransferId = Any<TransferId>(),
                TransferStart = Any<TransferStart>(),
                PhoneForm = Any<PhoneForm>(),
                NoText = Any<NoText>(),
                PrivateCallerId = run.Weather.One(["anonymous", "private", ""]),
                ClickLegs = Any<ClickLegs>(),
                AgentLegType = run.Weather.One([CallType.Internal, CallType.In]),
                SingleQuotes = random.Next(2) == 0,
                Values = Any<Values>(),
                NoTime = Any<NoTime>(),
                NumberFormat = Any<NumberFormat>(),
                RecordShape = Any<RecordShape>(),
                RecordCallId = Any<RecordCallId>(),
                MaxRecords = run.Weather.One([0, 5]),
                RecordOrder = Any<RecordOrder>(),
                RecordTime = Any<RecordTime>(),
                RecordEndIncluded = random.Next(2) == 0,
                RecordDelaySeconds = run.Weather.One([0, 20]),
                RecordValues = Any<Values>(),
                Resends = run.Weather.One([0, 3]),
            },
            Accounts =
            {
                new AccountOptions
                {
                    Username = Account,
                    Password = Password,
                    Endpoints =
                    {
                        new() { Id = "1001", Number = "40001001", Username = "8000011" },
                        new() { Id = "1002", Number = "40001002", Username = "8000012" },
                        new() { Id = "1003", Number = "40001003", Username = "8000013" },
                        new() { Id = "1004", Number = "40001004", Username = "8000014" },
                        new() { Id = "1005", Number = "40001005", Username = "8000015" },
                        // No mapping has this one.
                        new() { Id = "1009", Number = "40001009", Username = "8000019" },
                    },
                },
            },
        };
        var options = Options.Create(settings);
        Shape = settings.Shape;
        _behaviour = new Behaviour(options);
        Lines = new Lines(options);
        _tariff = new Tariff(options);
        var clock = run.Scheduler.ClockOf(() => true);
        _book = new CallBook(clock, _behaviour);
        _notifier = new Notifier(_behaviour, options, clock, NullLogger<Notifier>.Instance);

        T Any<T>()
            where T : struct, Enum => run.Weather.One(Enum.GetValues<T>());
    }

    public Shape Shape { get; }

    public Lines Lines { get; }

    public IReadOnlyList<SimulatedCall> Calls => _book.All();

    public IReadOnlyList<Told> AllTold => _told;

    /// <summary>How often each number was asked for by a click.</summary>
    public IReadOnlyDictionary<string, int> Dialled => _dialled;

    /// <summary>All clicks that have left, also those that never arrive.</summary>
    public List<LeftClick> Left { get; } = [];

    public List<ArrivedClick> Arrived { get; } = [];

    /// <summary>How many of all clicks are refused.</summary>
    public double Refusals { get; set; }

    /// <summary>Nobody has answered for these notifications yet, and somebody may.</summary>
    public int OnTheirWay { get; private set; }

    public void Dispose() => _notifier.Dispose();

    public SimulatedCall? Find(string callId) => _book.Find(callId);

    /// <summary>The phones that are in no call now.</summary>
    public IReadOnlyList<string> Free() =>
    [
        .. Lines.All.Select(line => line.EndpointId)
            .Where(phone => _busyUntil.GetValueOrDefault(phone) < _run.Scheduler.Now),
    ];

    public void Call(CallRequest request) => Play(
        CallPlans.Of(request, Lines, _tariff, _book, Shape, Seconds(_run.Scheduler.Now)));

    /// <summary>A request of ours leaves: by then it must be its time.</summary>
    public void Sent(Uri address)
    {
        if (address.AbsolutePath != "/getCdrs.php")
        {
            var click = QueryHelpers.ParseQuery(address.Query);
            var (phone, number) = SidesOf(click["first_num"].ToString(), click["second_num"].ToString());
            Left.Add(new LeftClick(_run.Scheduler.Now, phone, number));
            return;
        }

        var now = _run.Scheduler.Now;
        if (_lastQuery is { } last)
        {
            _run.Findings.Check(now - last >= Pace, $"The operator was asked for records again after {now - last}.");
        }

        _lastQuery = now;
    }

    public HttpResponseMessage Answer(Uri address)
    {
        var query = QueryHelpers.ParseQuery(address.Query);
        if (query["username"] != Account || query["password"] != Password)
        {
            return Text(HttpStatusCode.Unauthorized, "ERROR");
        }

        return address.AbsolutePath == "/getCdrs.php"
            ? Records(query.ToDictionary(each => each.Key, each => each.Value.ToString(), StringComparer.Ordinal))
            : Click(query["first_num"].ToString(), query["second_num"].ToString());
    }

    private HttpResponseMessage Click(string first, string second)
    {
        var (phone, number) = SidesOf(first, second);
        _dialled[number] = _dialled.GetValueOrDefault(number) + 1;
        if (Lines.Find(phone) is not { } agent)
        {
            return Refuse(HttpStatusCode.Forbidden, "ERROR: first_num no pertenece a la cuenta");
        }

        if (!Free().Contains(agent.EndpointId))
        {
            return Refuse(HttpStatusCode.Conflict, "ERROR: el usuario tiene una llamada activa o en proceso");
        }

        if (Refusals > 0 && _run.Weather.Happens(Refusals))
        {
            return Refuse(HttpStatusCode.BadRequest, "ERROR: intente de nuevo");
        }

        var random = _run.Weather.Random;
        var behaviour = new ClickBehaviour
        {
            FirstAnswers = random.Next(10) > 0,
            SecondAnswers = random.Next(4) > 0,
            FirstRingSeconds = random.Next(1, 5),
            SecondRingSeconds = random.Next(1, 8),
            TalkSeconds = random.Next(2, 60),
        };
        var call = Play(CallPlans.ForClick(
            agent,
            Lines.Find(first) is not null,
            first,
            second,
            Lines,
            _tariff,
            _book,
            Shape,
            behaviour,
            Seconds(_run.Scheduler.Now)));
        Arrived.Add(new ArrivedClick(
            _run.Scheduler.Now,
            phone,
            number,
            HttpStatusCode.OK,
            behaviour is { FirstAnswers: true, SecondAnswers: true })
        {
            Call = call,
        });
        return Text(HttpStatusCode.OK, "OK");

        HttpResponseMessage Refuse(HttpStatusCode status, string text)
        {
            Arrived.Add(new ArrivedClick(_run.Scheduler.Now, phone, number, status, false));
            return Text(status, text);
        }
    }

    /// <summary>The phone of the office by its id, and the other party.</summary>
    private (string Phone, string Number) SidesOf(string first, string second) =>
        Lines.Find(first) is { } line
            ? (line.EndpointId, second)
            : (Lines.Find(second)?.EndpointId ?? second, first);

    private HttpResponseMessage Records(Dictionary<string, string> query)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Lines.All[0].Account.TimeZone);
        var now = _run.Scheduler.Now;
        var (from, to) = (now.AddHours(-24), DateTimeOffset.MaxValue);
        if (query.GetValueOrDefault("recent") != "1"
            && !(CallMyWay.Simulator.Operator.TryTime(query["dateStart"], zone, out from)
                && CallMyWay.Simulator.Operator.TryTime(query["dateEnd"], zone, out to)))
        {
            return Text(HttpStatusCode.BadRequest, "ERROR");
        }

        var skip = int.Parse(query.GetValueOrDefault("ini", "0"), CultureInfo.InvariantCulture);
        var take = int.Parse(
            query.GetValueOrDefault("cant", int.MaxValue.ToString(CultureInfo.InvariantCulture)),
            CultureInfo.InvariantCulture);
        var page = RecordList.InRange(_book, Lines.All[0].Account, from, to, _behaviour, now).Skip(skip)
            .Take(Shape.MaxRecords > 0 ? Math.Min(take, Shape.MaxRecords) : take).ToList();
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new ByteArrayContent(Shape.RecordShape == RecordShape.Array
                ? JsonSerializer.SerializeToUtf8Bytes(page)
                : JsonSerializer.SerializeToUtf8Bytes(new { cdrs = page })),
        };
    }

    private SimulatedCall? Play(CallPlan plan)
    {
        if (_book.Add(number => new SimulatedCall(number, plan.Origin, plan.Legs, plan.Notify)).Call is not { } call)
        {
            return null;
        }

        var end = plan.At.AddSeconds(plan.Steps.Max(step => step.After) + 1);
        foreach (var phone in PhonesOf(call))
        {
            _busyUntil[phone] = end;
        }

        foreach (var step in plan.Steps)
        {
            var at = plan.At.AddSeconds(step.After);
            _run.Scheduler.At(at, () => Take(call, step, at));
        }

        _run.Scheduler.At(end, () => _book.Close(call));
        return call;
    }

    /// <summary>All phones of the account that have to do with the call.</summary>
    public IReadOnlySet<string> PhonesOf(SimulatedCall call) => call.Legs
        .SelectMany(leg => leg.Endpoints.Append(leg.Line.EndpointId).Concat(
            new[] { leg.Ani, leg.Dnis, leg.AniUser, leg.DnisUser, leg.HandedOverBy?.EndpointId }
                .Select(name => Lines.Find(name)?.EndpointId).OfType<string>()))
        .ToHashSet(StringComparer.Ordinal);

    // As the simulator's player does.
    private void Take(SimulatedCall call, Step step, DateTimeOffset at)
    {
        var leg = step.Leg;
        _run.Findings.Note("operator", $"{step.Kind} {leg.CallId}");
        switch (step.Kind)
        {
            case StepKind.Detect:
                leg.DetectedAt = at;
                if (Shape.StartAt != StartAt.Answer)
                {
                    if (leg.HandedOverBy is not null && Shape.TransferStart == TransferStart.InternalFirst)
                    {
                        Tell(call, "callStart", leg, [leg.Endpoints[0]], null, null, isInternal: true);
                    }

                    Tell(
                        call,
                        "callStart",
                        leg,
                        Shape.RingGroup == RingGroup.PerEndpoint ? leg.Endpoints : [leg.Endpoints[0]],
                        null,
                        null);
                }

                break;
            case StepKind.Connect:
                leg.ConnectedAt = at;
                if (Shape.StartAt != StartAt.Ringing)
                {
                    Tell(call, "callStart", leg, [leg.AnsweredBy!], at, null);
                }

                if (Shape.RingGroup == RingGroup.PerEndpoint && Shape.StartAt != StartAt.Answer)
                {
                    List<string> others = [.. leg.Endpoints.Where(endpoint => endpoint != leg.AnsweredBy)];
                    Tell(call, "callEnd", leg, others, null, at);
                }

                break;
            default:
                leg.DisconnectedAt = at;
                leg.DurationSeconds = leg.ConnectedAt is { } connected ? (int)(at - connected).TotalSeconds : 0;
                leg.Cost = Tariff.Cost(new RouteOptions { Rate = leg.Rate }, leg.DurationSeconds);
                if (leg.ConnectedAt is null)
                {
                    leg.AccessFee = 0;
                    leg.AnsweredBy = leg.Type == CallType.Out ? leg.AnsweredBy : null;
                }

                var all = leg.ConnectedAt is null && Shape.RingGroup == RingGroup.PerEndpoint;
                Tell(call, "callEnd", leg, all ? leg.Endpoints : [leg.AnsweredBy ?? leg.Endpoints[0]], leg.ConnectedAt, at);
                break;
        }
    }

    private void Tell(
        SimulatedCall call,
        string action,
        Leg leg,
        IReadOnlyList<string> endpoints,
        DateTimeOffset? connected,
        DateTimeOffset? disconnected,
        bool isInternal = false)
    {
        foreach (var endpoint in endpoints)
        {
            var notification = _notifier.Write(
                call.Notifications.Count, action, leg, endpoint, connected, disconnected, isInternal);
            call.Notifications.Add(notification);
            var told = new Told(call, notification);
            _told.Add(told);
            if (_run.Weather.Happens(_run.Weather.IsCalm ? 0 : 0.03))
            {
                // It is never sent. The record tells of the call.
                continue;
            }

            _ = DeliverAsync(told, _run.Weather.Happens(0.1) ? TimeSpan.FromSeconds(6) : TimeSpan.FromMilliseconds(60));
            if (_run.Weather.Happens(0.1))
            {
                _ = DeliverAsync(told, TimeSpan.FromSeconds(20));
            }
        }
    }

    private async Task DeliverAsync(Told told, TimeSpan within)
    {
        OnTheirWay++;
        await _run.Scheduler.Wait(within * _run.Weather.Random.NextDouble());
        for (var attempt = 0; attempt <= Shape.Resends; attempt++)
        {
            var answer = await _run.NotifyAsync(told.Notification.Body);
            _run.Findings.Check(
                answer.Status is 0 or 200 or 503, $"A notification was answered with {answer.Status}: {answer.Body}");
            if (answer.Status == 200)
            {
                told.IsAcked = true;
                break;
            }

            await _run.Scheduler.Wait(TimeSpan.FromSeconds(2 * Math.Pow(2, attempt)));
        }

        OnTheirWay--;
    }

    private static HttpResponseMessage Text(HttpStatusCode status, string text) =>
        new(status) { Content = new StringContent(text, Encoding.UTF8, "text/plain") };

    // The operator's times are whole seconds.
    private static DateTimeOffset Seconds(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
