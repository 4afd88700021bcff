using System.Net;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Events;
using CallMyWay.Functions.Outgoing;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using StandardWebhooks;

namespace CallMyWay.Functions.Tests.Events;

/// <summary>How often and when an event is tried, and what becomes of an endpoint that does not take it.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private static readonly string Start = Payload.Text("call-start-in.json");

    private EventDesk _desk = null!;

    private Features Features => _desk.Features;

    private EventReceiver Receiver => _desk.Receiver;

    public async Task InitializeAsync() => _desk = await EventDesk.StartAsync();

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task An_Event_That_Is_Refused_Is_Tried_For_Three_Days()
    {
        var endpoint = await _desk.ListenAsync(null, "call.started");
        Receiver.Answer = (_, context) => EventReceiver.Status(context, 503, "busy");
        await Features.ProcessAsync(Start);
        var began = Features.Clock.Now;
        var times = new List<TimeSpan>();
        for (var seconds = 0; seconds < 4 * 24 * 3600; seconds += seconds < 60 ? 1 : seconds < 7200 ? 60 : 1800)
        {
            Features.Clock.Now = began.AddSeconds(seconds);
            var before = Receiver.Received.Count;
            await _desk.DrainAsync();
            if (Receiver.Received.Count > before)
            {
                times.Add(Features.Clock.Now - began);
                await LetGoOnAsync(endpoint);
            }
        }

        times.ShouldBe(
        [
            TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5),
            TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
            TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(3),
        ]);
        Receiver.Received.Select(received => received.Id).Distinct().ShouldHaveSingleItem();
        Receiver.Received.Select(received => received.Body).Distinct().ShouldHaveSingleItem();
        Receiver.Received.Select(received => received.Timestamp).Distinct().Count().ShouldBe(times.Count);
        var delivery = (await _desk.DeliveriesAsync(endpoint)).ShouldHaveSingleItem();
        (delivery.State, delivery.Tries, delivery.NextAt).ShouldBe((DeliveryState.Failed, 11, null));
        delivery.Log.ShouldAllBe(made => made.Status == 503 && made.Answer == "busy");
        (await _desk.WaitingAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task An_Endpoint_That_Takes_Nothing_For_A_Day_Is_Paused_And_Gets_It_All_When_It_Goes_On()
    {
        var endpoint = await _desk.ListenAsync();
        Receiver.Answer = (_, context) => EventReceiver.Status(context, 500);
        await Features.ProcessAsync(Start);
        await PassAsync(TimeSpan.FromMinutes(31), TimeSpan.FromSeconds(5));
        var failing = (await _desk.EndpointAsync(endpoint)).Health.ShouldNotBeNull();
        (failing.PausedAt, failing.Error, failing.Status).ShouldBe((null, DeliveryError.Status, 500));
        await PassAsync(TimeSpan.FromDays(2), TimeSpan.FromMinutes(30));

        var paused = (await _desk.EndpointAsync(endpoint)).Health.ShouldNotBeNull();
        paused.PausedAt.ShouldNotBeNull();
        paused.Pause.ShouldBe(PauseReason.Failing);
        var tries = Receiver.Received.Count;
        await Features.ProcessAsync(Payload.Text("call-end-in.json"));
        await PassAsync(TimeSpan.FromDays(2), TimeSpan.FromHours(6));
        Receiver.Received.Count.ShouldBe(tries, "it is left in peace");

        Receiver.Answer = (_, context) => EventReceiver.Status(context, 200);
        await LetGoOnAsync(endpoint, withJob: true);
        await _desk.DrainAsync();

        Receiver.Received.Skip(tries).Select(received => received.Type).Order()
            .ShouldBe(["call.answered", "call.ended", "call.started"]);
        (await _desk.DeliveriesAsync(endpoint)).ShouldAllBe(each => each.State == DeliveryState.Delivered);
    }

    [Fact]
    public async Task An_Endpoint_That_Another_Process_Lets_Go_On_Gets_Another_Day()
    {
        var endpoint = await _desk.ListenAsync();
        var watch = Features.Get<EndpointWatch>();
        for (var i = 0; i <= EndpointWatch.Many; i++)
        {
            await FailAsync();
        }

        Features.Clock.Now += TimeSpan.FromHours(25);
        await FailAsync();
        (await _desk.EndpointAsync(endpoint)).IsPaused.ShouldBeTrue();
        var other = ActivatorUtilities.CreateInstance<EndpointWatch>(Features.Get<IServiceProvider>());
        await other.ResumeAsync(endpoint.EndpointId, CancellationToken.None);

        for (var i = 0; i < 2 * EndpointWatch.Many; i++)
        {
            await FailAsync();
        }

        (await _desk.EndpointAsync(endpoint)).IsPaused.ShouldBeFalse();
        Features.Clock.Now += TimeSpan.FromHours(25);
        await FailAsync();
        (await _desk.EndpointAsync(endpoint)).IsPaused.ShouldBeTrue();

        async Task FailAsync()
        {
            var made = new DeliveryTry(Features.Clock.Now, 503, null, DeliveryError.Status, null);
            watch.Count(endpoint.EndpointId, made);
            await watch.NoteAsync(await _desk.EndpointAsync(endpoint), made, CancellationToken.None);
            Features.Clock.Now += TimeSpan.FromSeconds(5);
        }
    }

    [Fact]
    public async Task What_Happens_A_Moment_After_Another_Process_Let_An_Endpoint_Go_On_Is_Sent_At_Once()
    {
        var endpoint = await _desk.ListenAsync(null, "call.started");
        var store = Features.Get<EventEndpointStore>();
        await store.SetHealthAsync(
            endpoint.EndpointId,
            new EndpointHealth { PausedAt = Features.Clock.Now, Pause = PauseReason.Failing },
            CancellationToken.None);
        (await store.ListRecentAsync(CancellationToken.None)).ShouldHaveSingleItem().IsPaused.ShouldBeTrue();
        await ActivatorUtilities.CreateInstance<EventEndpointStore>(Features.Get<IServiceProvider>())
            .SetHealthAsync(endpoint.EndpointId, null, CancellationToken.None);

        await Features.ProcessAsync(Start);
        await _desk.DrainAsync();

        Receiver.Received.ShouldHaveSingleItem();
        (await _desk.DeliveriesAsync(endpoint)).ShouldHaveSingleItem().State.ShouldBe(DeliveryState.Delivered);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_Try_Comes_To_An_Endpoint_That_Another_Process_Has_Just_Added_Or_Let_Go_On(bool isNew)
    {
        Receiver.Answer = (_, context) => EventReceiver.Status(context, 500);
        var store = Features.Get<EventEndpointStore>();
        var endpoint = await _desk.ListenAsync(null, "call.started");
        await Features.ProcessAsync(Start);
        await _desk.DrainAsync();
        // As another process writes: without this one's store.
        var table = Features.Get<ITables>()[StorageNames.EventEndpoints];
        var rows = new List<Row>();
        if (isNew)
        {
            rows.AddRange(await table.ReadAsync(new RowRange(EventEndpointStore.Partition), CancellationToken.None));
            await table.DeleteAsync(rows.ShouldHaveSingleItem().Partition, endpoint.EndpointId, null, CancellationToken.None);
        }
        else
        {
            await store.SetHealthAsync(
                endpoint.EndpointId,
                new EndpointHealth { PausedAt = Features.Clock.Now, Pause = PauseReason.Failing },
                CancellationToken.None);
        }

        Features.Clock.Now += TimeSpan.FromMinutes(1);
        await store.ListRecentAsync(CancellationToken.None);
        if (isNew)
        {
            await table.UpsertAsync(rows[0], CancellationToken.None);
        }
        else
        {
            await ActivatorUtilities.CreateInstance<EventEndpointStore>(Features.Get<IServiceProvider>())
                .SetHealthAsync(endpoint.EndpointId, null, CancellationToken.None);
        }

        Receiver.Answer = (_, context) => EventReceiver.Status(context, 200);
        await _desk.DrainAsync();

        (await _desk.DeliveriesAsync(endpoint)).ShouldHaveSingleItem().State.ShouldBe(DeliveryState.Delivered);
    }

    [Theory]
    [InlineData(204, DeliveryState.Delivered, 0)]
    [InlineData(500, DeliveryState.Waiting, 1)]
    public async Task What_Came_Of_A_Try_Is_Kept_Although_The_Host_Stops(int answer, DeliveryState state, int waiting)
    {
        var endpoint = await _desk.ListenAsync(null, "call.started");
        await Features.ProcessAsync(Start);
        var queue = Features.Get<IQueueReceiver>();
        var message = (await queue.ReceiveAsync(StorageNames.EventsOut, 1, TimeSpan.FromMinutes(1), default))
            .ShouldHaveSingleItem();
        await queue.DeleteAsync(message, default);
        using var stopping = new CancellationTokenSource();
        Receiver.Answer = (_, context) => EventReceiver.Status(context, answer);
        // The receiver has answered, and what came of it is about to be stored.
        Features.Gate.Watch(operation =>
        {
            if (Receiver.Received.Count > 0)
            {
                stopping.Cancel();
            }
        });

        await ActivatorUtilities.CreateInstance<SendEvents>(Features.Get<IServiceProvider>())
            .Run(message.Body, stopping.Token);

        stopping.IsCancellationRequested.ShouldBeTrue();
        Features.Gate.Open();
        (await _desk.DeliveriesAsync(endpoint)).ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(each => each.State.ShouldBe(state), each => each.Tries.ShouldBe(1));
        (await _desk.WaitingAsync()).ShouldBe(waiting);
    }

    [Fact]
    public async Task A_Message_That_Was_Lost_Is_Sent_Again()
    {
        var endpoint = await _desk.ListenAsync();
        Receiver.Answer = (_, context) => EventReceiver.Status(context, 500);
        await Features.ProcessAsync(Start);
        await _desk.DrainAsync();
        await LoseAsync();
        Receiver.Answer = (_, context) => EventReceiver.Status(context, 200);

        Features.Clock.Now += TimeSpan.FromMinutes(6);
        await Features.GetAll<IScheduled>().OfType<LostTries>().Single().RunDueAsync(CancellationToken.None);
        await _desk.DrainAsync();

        (await _desk.DeliveriesAsync(endpoint)).ShouldHaveSingleItem().State.ShouldBe(DeliveryState.Delivered);
    }

    [Fact]
    public async Task A_Lost_Message_Is_Sent_Again_Once_However_Often_It_Is_Looked_For()
    {
        await _desk.ListenAsync();
        await FailAsync(1);
        await LoseAsync();
        var lost = Features.GetAll<IScheduled>().OfType<LostTries>().Single();

        Features.Clock.Now += TimeSpan.FromMinutes(6);
        await lost.RunDueAsync(CancellationToken.None);
        Features.Clock.Now += LostTries.Lost;
        await lost.RunDueAsync(CancellationToken.None);

        (await _desk.WaitingAsync()).ShouldBe(1, "it waits in the queue");
    }

    [Fact]
    public async Task A_Message_That_Comes_Again_Sends_The_Next_That_Its_First_Run_Did_Not_Get_To_Send()
    {
        var endpoint = await _desk.ListenAsync();
        await FailAsync(1);
        await LoseAsync();

        await RunTryAsync(endpoint, 0);

        Receiver.Received.Count.ShouldBe(1, "what it was for was tried already");
        (await _desk.WaitingAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task What_Is_Sent_Once_More_After_Three_Days_In_Vain_Has_All_Its_Tries_Again()
    {
        var endpoint = await _desk.ListenAsync();
        await FailAsync(1);
        await LoseAsync();
        var failed = (await _desk.DeliveriesAsync(endpoint)).ShouldHaveSingleItem() with
        {
            State = DeliveryState.Failed,
            Tries = DeliveryTimes.Tries.Count,
            RoundTries = DeliveryTimes.Tries.Count,
        };
        Features.Clock.Now += TimeSpan.FromDays(3);
        failed = (await Features.Get<DeliveryStore>().SaveAsync(endpoint.EndpointId, failed, CancellationToken.None))
            .ShouldNotBeNull();

        await Features.Get<Deliverer>().RestartAsync(endpoint, failed, CancellationToken.None);
        await _desk.DrainAsync();

        var delivery = (await _desk.DeliveriesAsync(endpoint)).ShouldHaveSingleItem();
        (delivery.State, delivery.NextAt, delivery.RoundAt, delivery.Tries).ShouldBe((
            DeliveryState.Waiting,
            Features.Clock.Now + DeliveryTimes.Tries[1],
            Features.Clock.Now,
            DeliveryTimes.Tries.Count + 1));
    }

    [Fact]
    public async Task A_Paused_Endpoint_Goes_On_By_An_Administrator_Alone_And_Then_Begins_Anew()
    {
        var endpoint = await _desk.ListenAsync();
        var watch = Features.Get<EndpointWatch>();
        for (var i = 0; i < EndpointWatch.Many; i++)
        {
            await NoteAsync(DeliveryError.Status);
        }

        Features.Clock.Now += TimeSpan.FromHours(25);
        await NoteAsync(DeliveryError.Status);
        // The answer of a request that was under way.
        await NoteAsync(null);
        (await _desk.EndpointAsync(endpoint)).IsPaused.ShouldBeTrue();

        for (var i = 0; i < EndpointWatch.Many; i++)
        {
            await NoteAsync(DeliveryError.Status);
        }

        await LetGoOnAsync(endpoint);
        await NoteAsync(DeliveryError.Status);
        (await _desk.EndpointAsync(endpoint)).Health.ShouldBeNull("one failure is none yet");

        async Task NoteAsync(DeliveryError? error)
        {
            var made = new DeliveryTry(Features.Clock.Now, 5, null, error, null);
            watch.Count(endpoint.EndpointId, made);
            await watch.NoteAsync(await _desk.EndpointAsync(endpoint), made, CancellationToken.None);
        }
    }

    [Fact]
    public async Task An_Endpoint_That_Fails_In_Another_Way_Says_So_And_Counts_On()
    {
        var endpoint = await _desk.ListenAsync();
        var watch = Features.Get<EndpointWatch>();
        for (var i = 0; i < EndpointWatch.Many; i++)
        {
            await NoteAsync(DeliveryError.Unreachable, null);
        }

        var since = (await HealthAsync())!.FailingSince;
        Features.Clock.Now += TimeSpan.FromMinutes(1);
        await NoteAsync(DeliveryError.Status, 500);
        (await HealthAsync())!.ShouldBe(
            new EndpointHealth { FailingSince = since, Error = DeliveryError.Status, Status = 500 });

        // Of one that changes with each try not each is written.
        await NoteAsync(DeliveryError.Timeout, null);
        (await HealthAsync())!.Error.ShouldBe(DeliveryError.Status);
        Features.Clock.Now += EndpointWatch.Again;
        var known = await _desk.EndpointAsync(endpoint);
        await NoteAsync(DeliveryError.Timeout, null);
        (await HealthAsync())!.Error.ShouldBe(DeliveryError.Timeout);

        // A try that began before the endpoint took something again does not bring its failing back.
        await watch.ResumeAsync(endpoint.EndpointId, CancellationToken.None);
        Features.Clock.Now += EndpointWatch.Again;
        await NoteAsync(DeliveryError.Tls, null, known);
        (await HealthAsync()).ShouldBeNull();

        async Task NoteAsync(DeliveryError error, int? status, EventEndpoint? read = null)
        {
            var made = new DeliveryTry(Features.Clock.Now, 5, status, error, null);
            watch.Count(endpoint.EndpointId, made);
            await watch.NoteAsync(read ?? await _desk.EndpointAsync(endpoint), made, CancellationToken.None);
        }

        async Task<EndpointHealth?> HealthAsync() => (await _desk.EndpointAsync(endpoint)).Health;
    }

    [Theory]
    [InlineData(1, 6), InlineData(1, 240), InlineData(8, 30), InlineData(8, 240)]
    public async Task A_Clock_That_Was_Set_Back_Holds_No_Delivery_Up(int tries, int hours)
    {
        var endpoint = await _desk.ListenAsync();
        await FailAsync(tries);

        Features.Clock.Now -= TimeSpan.FromHours(hours);
        await RunTryAsync(endpoint, tries);

        Receiver.Received.Count.ShouldBe(tries + 1, "its message came at its time");
        var delivery = (await _desk.DeliveriesAsync(endpoint)).ShouldHaveSingleItem();
        // The next try is as far away as it always is.
        (delivery.NextAt - Features.Clock.Now).ShouldBe(DeliveryTimes.Tries[tries + 1] - DeliveryTimes.Tries[tries]);
    }

    [Fact]
    public async Task A_Message_That_Was_Lost_Before_The_Clock_Was_Set_Back_Is_Sent_Again()
    {
        var endpoint = await _desk.ListenAsync();
        await FailAsync(1);
        await LoseAsync();
        Receiver.Answer = (_, context) => EventReceiver.Status(context, 200);

        Features.Clock.Now -= TimeSpan.FromDays(10);
        await Features.GetAll<IScheduled>().OfType<LostTries>().Single().RunDueAsync(CancellationToken.None);
        await _desk.DrainAsync();

        (await _desk.DeliveriesAsync(endpoint)).ShouldHaveSingleItem().State.ShouldBe(DeliveryState.Delivered);
    }

    [Fact]
    public async Task A_Try_That_Is_Not_Due_Waits_On_Also_Where_The_Clock_Is_A_Minute_Behind()
    {
        var endpoint = await _desk.ListenAsync();
        await FailAsync(8);
        await RunTryAsync(endpoint, 8);

        Features.Clock.Now -= TimeSpan.FromMinutes(1);
        await RunTryAsync(endpoint, 8);

        (await _desk.EndpointAsync(endpoint)).IsPaused.ShouldBeFalse();
        Receiver.Received.Count.ShouldBe(8);
    }

    [Fact]
    public async Task Who_Answers_That_It_Is_Gone_Gets_Nothing_More()
    {
        var endpoint = await _desk.ListenAsync();
        Receiver.Answer = (_, context) => EventReceiver.Status(context, 410);
        await Features.ProcessAsync(Start);
        await _desk.DrainAsync();
        await Features.ProcessAsync(Payload.Text("call-end-in.json"));
        await PassAsync(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(30));

        Receiver.Received.Count.ShouldBe(1);
        (await _desk.EndpointAsync(endpoint)).Health.ShouldNotBeNull().Pause.ShouldBe(PauseReason.Gone);
        (await _desk.DeliveriesAsync(endpoint)).ShouldHaveSingleItem().State.ShouldBe(DeliveryState.Failed);
    }

    [Fact]
    public async Task A_Redirect_Is_Not_Followed_And_Of_A_Long_Answer_The_Beginning_Is_Kept()
    {
        await using var inner = await EventReceiver.StartAsync();
        var endpoint = await _desk.ListenAsync();
        Receiver.Answer = (_, context) =>
        {
            context.Response.Headers.Location = inner.Url;
            return EventReceiver.Status(context, 307, new string('x', 100_000));
        };

        await Features.ProcessAsync(Start);
        await _desk.DrainAsync();

        inner.Received.ShouldBeEmpty();
        var made = (await _desk.DeliveriesAsync(endpoint)).ShouldHaveSingleItem().Log.ShouldHaveSingleItem();
        (made.Status, made.Error, made.Answer!.Length).ShouldBe((307, DeliveryError.Redirect, EventSender.MostAnswer));
    }

    [Fact]
    public async Task A_Receiver_That_Hangs_Or_Hangs_Up_Or_Is_Not_There_Has_Not_Taken_It()
    {
        Features.Get<EventSender>().AtMost = TimeSpan.FromMilliseconds(300);
        await using var gone = await EventReceiver.StartAsync();
        var hanging = await _desk.ListenAsync();
        await using var closing = await EventReceiver.StartAsync();
        closing.Answer = (_, context) =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        var hangingUp = await _desk.ListenAsync(closing);
        var absent = await _desk.ListenAsync(gone);
        await gone.DisposeAsync();
        Receiver.Answer = (_, context) => Task.Delay(TimeSpan.FromMinutes(1), context.RequestAborted);

        await Features.ProcessAsync(Start);
        await _desk.DrainAsync();

        (await ErrorAsync(hanging)).ShouldBe(DeliveryError.Timeout);
        (await ErrorAsync(hangingUp)).ShouldBe(DeliveryError.Unreachable);
        (await ErrorAsync(absent)).ShouldBe(DeliveryError.Unreachable);
    }

    [Theory]
    [InlineData(200, false, null), InlineData(200, true, null)]
    [InlineData(410, false, DeliveryError.Gone), InlineData(410, true, DeliveryError.Gone)]
    [InlineData(307, false, DeliveryError.Redirect), InlineData(307, true, DeliveryError.Redirect)]
    public async Task The_Status_Counts_Although_The_Body_Stalls_Or_Breaks_Off(
        int status, bool breaksOff, DeliveryError? error)
    {
        Features.Get<EventSender>().AtMost = TimeSpan.FromSeconds(5);
        var endpoint = await _desk.ListenAsync();
        Receiver.Answer = async (_, context) =>
        {
            await EventReceiver.Status(context, status, "thanks");
            await context.Response.Body.FlushAsync();
            // What is aborted at once may not have left.
            await Task.Delay(breaksOff ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(1), context.RequestAborted);
            context.Abort();
        };

        await Features.ProcessAsync(Start);
        await _desk.DrainAsync();

        var made = (await _desk.DeliveriesAsync(endpoint)).ShouldHaveSingleItem().Log.ShouldHaveSingleItem();
        (made.Status, made.Error, made.Answer).ShouldBe((status, error, "thanks"));
    }

    [Fact]
    public async Task A_Slow_Receiver_Holds_Up_Nobody_Else()
    {
        Features.Get<EventSender>().AtMost = TimeSpan.FromSeconds(3);
        await using var slow = await EventReceiver.StartAsync();
        slow.Answer = (_, context) => Task.Delay(TimeSpan.FromMinutes(1), context.RequestAborted);
        await _desk.ListenAsync(slow, "call.started");
        await _desk.ListenAsync(null, "call.started");
        for (var i = 0; i < 100; i++)
        {
            await Features.ProcessAsync(Start.Replace("c-1001", $"c-{i}", StringComparison.Ordinal));
        }

        var watch = System.Diagnostics.Stopwatch.StartNew();
        var draining = _desk.DrainAsync();
        await Eventually.TrueAsync(() => Task.FromResult(Receiver.Received.Count == 100));

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        slow.Received.Count.ShouldBeLessThan(60);
        await draining;
    }

    [Fact]
    public async Task A_New_Secret_Signs_Beside_The_Old_One_For_A_Day()
    {
        var endpoint = await _desk.ListenAsync();
        var rotated = (await Features.Get<EventEndpointStore>().SaveAsync(
            endpoint with
            {
                Secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
                PreviousSecret = endpoint.Secret,
                PreviousUntil = Features.Clock.Now.AddDays(1),
            },
            CancellationToken.None)).ShouldNotBeNull();
        await Features.ProcessAsync(Start);
        await _desk.DrainAsync();
        Features.Clock.Now += TimeSpan.FromDays(1);
        await Features.ProcessAsync(Start.Replace("c-1001", "c-2", StringComparison.Ordinal));
        await _desk.DrainAsync();

        Receiver.Received.ShouldAllBe(received => received.IsSignedWith(rotated.Secret));
        Receiver.Received.Select(received => received.IsSignedWith(endpoint.Secret)).ShouldBe([true, false]);
    }

    [Fact]
    public async Task Each_Secret_Of_A_Day_Signs_For_A_Day_After_Its_Change_And_Four_At_Once_At_Most()
    {
        var endpoint = await _desk.ListenAsync();
        var store = Features.Get<EventEndpointStore>();
        List<string> secrets = [endpoint.Secret];
        for (var hour = 0; hour < 4; hour++)
        {
            secrets.Add(SignedRequest.NewSecret());
            endpoint = (await store.SaveAsync(
                endpoint.WithSecret(secrets[^1], Features.Clock.Now), CancellationToken.None)).ShouldNotBeNull();
            Features.Clock.Now += TimeSpan.FromHours(1);
        }

        async Task<IEnumerable<bool>> SignedAsync(string callId)
        {
            await Features.ProcessAsync(Start.Replace("c-1001", callId, StringComparison.Ordinal));
            await _desk.DrainAsync();
            return secrets.Select(secret => Receiver.Received[^1].IsSignedWith(secret));
        }

        (await SignedAsync("c-1")).ShouldBe([false, true, true, true, true]);
        Features.Clock.Now += TimeSpan.FromHours(21);
        (await SignedAsync("c-2")).ShouldBe([false, false, true, true, true]);
        Features.Clock.Now += TimeSpan.FromHours(2);
        (await SignedAsync("c-3")).ShouldBe([false, false, false, false, true]);
    }

    [Fact]
    public void The_Library_Signs_As_The_Example_Of_The_Specification() =>
        new StandardWebhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
            .Sign(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                DateTimeOffset.FromUnixTimeSeconds(1614265330),
                "{\"test\": 2432232314}")
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Theory]
    [InlineData("127.0.0.1"), InlineData("10.1.2.3"), InlineData("169.254.169.254"), InlineData("192.168.1.1")]
    [InlineData("172.31.0.1"), InlineData("100.64.0.1"), InlineData("0.0.0.0"), InlineData("224.0.0.1")]
    [InlineData("::1"), InlineData("fe80::1"), InlineData("fd00::1"), InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1"), InlineData("2002:7f00:1::"), InlineData("::")]
    public void An_Address_Of_No_Public_Machine_Is_Private(string address) =>
        PrivateAddresses.Has(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("8.8.8.8"), InlineData("172.32.0.1"), InlineData("2606:4700::1111"), InlineData("::ffff:8.8.8.8")]
    public void An_Address_Of_The_Internet_Is_Public(string address) =>
        PrivateAddresses.Has(IPAddress.Parse(address)).ShouldBeFalse();

    [Fact]
    public async Task A_Name_That_Leads_To_This_Machine_Is_Not_Connected_To()
    {
        using var client = Features.Get<OutgoingHttp>().CreateClient(allowPrivate: false, TimeSpan.FromSeconds(10));
        var url = Receiver.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

        var error = await Should.ThrowAsync<HttpRequestException>(() => client.PostAsync(url, null));

        error.InnerException.ShouldBeOfType<PrivateAddressException>();
        Receiver.Received.ShouldBeEmpty();
    }

    /// <summary>A call starts, and its event is refused so often.</summary>
    private async Task FailAsync(int tries)
    {
        Receiver.Answer = (_, context) => EventReceiver.Status(context, 500);
        await Features.ProcessAsync(Start);
        await _desk.DrainAsync();
        var began = Features.Clock.Now;
        foreach (var after in DeliveryTimes.Tries.Take(tries).Skip(1))
        {
            Features.Clock.Now = began + after;
            await _desk.DrainAsync();
        }

        Receiver.Received.Count.ShouldBe(tries);
    }

    /// <summary>The message for the second try is lost.</summary>
    private async Task LoseAsync()
    {
        var queue = Features.Get<IQueueReceiver>();
        Features.Clock.Now += TimeSpan.FromSeconds(6);
        var lost = await queue.ReceiveAsync("events-out", 1, TimeSpan.FromMinutes(1), CancellationToken.None);
        await queue.DeleteAsync(lost.Single(), CancellationToken.None);
    }

    /// <summary>The message for the try after so many tries of the only delivery comes.</summary>
    private async Task RunTryAsync(EventEndpoint endpoint, int tries)
    {
        var delivery = (await _desk.DeliveriesAsync(endpoint)).ShouldHaveSingleItem();
        await _desk.RunAsync(new EventMessage
        {
            Try = new DueTry(endpoint.EndpointId, delivery.DeliveryId, tries),
        }.ToMessage());
    }

    private async Task<DeliveryError?> ErrorAsync(EventEndpoint endpoint) =>
        (await _desk.DeliveriesAsync(endpoint)).ShouldHaveSingleItem().Log.ShouldHaveSingleItem().Error;

    /// <summary>Lets the time pass in steps, and works on what is due in each.</summary>
    private async Task PassAsync(TimeSpan time, TimeSpan step)
    {
        var end = Features.Clock.Now + time;
        while (Features.Clock.Now < end)
        {
            await _desk.DrainAsync();
            Features.Clock.Now += step;
        }
    }

    private async Task LetGoOnAsync(EventEndpoint endpoint, bool withJob = false)
    {
        if (!withJob)
        {
            await Features.Get<EndpointWatch>().ResumeAsync(endpoint.EndpointId, CancellationToken.None);
            return;
        }

        await Features.Get<EventResume>().RunAsync(
            await _desk.EndpointAsync(endpoint), "admin", CancellationToken.None);
        var queue = Features.Get<IQueueReceiver>();
        foreach (var message in await queue.ReceiveAsync("jobs", 5, TimeSpan.FromMinutes(1), CancellationToken.None))
        {
            await Features.Get<JobRunner>().RunAsync(
                JobMessage.Read(message.Body), CancellationToken.None);
            await queue.DeleteAsync(message, CancellationToken.None);
        }
    }
}
