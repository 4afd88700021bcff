using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Tests.Upgrades;

/// <content>The calls of the office, and what follows from them.</content>
internal sealed partial class WrittenOffice
{
    private async Task TakeCallsAsync()
    {
        // Answered, with a cost.
        await NotifyAsync("callStart", "in-answered");
        await NotifyAsync("callStart", "in-answered", ("connect_time", After(8)));
        await NotifyAsync(
            "callEnd",
            "in-answered",
            ("connect_time", After(8)),
            ("disconnect_time", After(95)),
            ("duration", "87"),
            ("cost", "12.5"));
        // Missed; two contacts and a shop share the number.
        await NotifyAsync("callStart", "in-missed", ("ani", "22223344"));
        await NotifyAsync("callEnd", "in-missed", ("ani", "22223344"), ("disconnect_time", After(20)));
        await NotifyAsync(
            "callStart",
            "out-1",
            ("type", "out"),
            ("ani", "40001002"),
            ("dnis", "13055550142"),
            ("endpoint_id", "1002"));
        await NotifyAsync(
            "callEnd",
            "out-1",
            ("type", "out"),
            ("ani", "40001002"),
            ("dnis", "13055550142"),
            ("endpoint_id", "1002"),
            ("connect_time", After(5)),
            ("disconnect_time", After(65)),
            ("cost", "310"));
        await NotifyAsync("callStart", "internal-1", ("type", "internal"), ("ani", "40001001"), ("dnis", "40001002"));
        await NotifyAsync(
            "callEnd",
            "internal-1",
            ("type", "internal"),
            ("ani", "40001001"),
            ("dnis", "40001002"),
            ("connect_time", After(3)),
            ("disconnect_time", After(13)));
        // A group of three phones; the second answers.
        foreach (var phone in new[] { "1001", "1002", "1005" })
        {
            await NotifyAsync("callStart", "group-1", ("endpoint_id", phone), ("ani", "87124455"));
        }

        await NotifyAsync(
            "callStart", "group-1", ("endpoint_id", "1002"), ("ani", "87124455"), ("connect_time", After(6)));
        await NotifyAsync(
            "callEnd", "group-1", ("endpoint_id", "1001"), ("ani", "87124455"), ("disconnect_time", After(6)));
        await NotifyAsync(
            "callEnd", "group-1", ("endpoint_id", "1005"), ("ani", "87124455"), ("disconnect_time", After(6)));
        await NotifyAsync(
            "callEnd",
            "group-1",
            ("endpoint_id", "1002"),
            ("ani", "87124455"),
            ("connect_time", After(6)),
            ("disconnect_time", After(46)),
            ("cost", "4"));
        // Transferred: the first agent's phone ends when the second's begins.
        await NotifyAsync("callStart", "transferred-1", ("ani", "612345678"), ("connect_time", After(4)));
        await NotifyAsync(
            "callEnd",
            "transferred-1",
            ("ani", "612345678"),
            ("connect_time", After(4)),
            ("disconnect_time", After(30)));
        await NotifyAsync(
            "callStart", "transferred-1", ("ani", "612345678"), ("endpoint_id", "1005"), ("connect_time", After(32)));
        await NotifyAsync(
            "callEnd",
            "transferred-1",
            ("ani", "612345678"),
            ("endpoint_id", "1005"),
            ("connect_time", After(32)),
            ("disconnect_time", After(80)),
            ("cost", "9.75"));
        await NotifyAsync("callStart", "private-1", ("ani", "anonymous"));
        await NotifyAsync(
            "callEnd", "private-1", ("ani", "anonymous"), ("connect_time", After(2)), ("disconnect_time", After(9)));
        await NotifyAsync(
            "callStart", "unlisted-1", ("account_id", "unlisted"), ("endpoint_id", "2002"), ("dnis", "40002002"));
        await NotifyAsync(
            "callEnd",
            "unlisted-1",
            ("account_id", "unlisted"),
            ("endpoint_id", "2002"),
            ("dnis", "40002002"),
            ("connect_time", After(2)),
            ("disconnect_time", After(62)),
            ("cost", "0.55"));
        await NotifyAsync("callEnd", "end-only", ("ani", "61237766"), ("disconnect_time", After(15)));
        await NotifyAsync("callStart", "a/b..c ñ|1", ("ani", "85550101"));
        await NotifyAsync(
            "callEnd", "a/b..c ñ|1", ("ani", "85550101"), ("connect_time", After(1)), ("disconnect_time", After(4)));
        await NotifyAsync("callStart", "of-ida", ("endpoint_id", "1009"), ("dnis", "40001009"));
        await NotifyAsync(
            "callEnd", "of-ida", ("endpoint_id", "1009"), ("dnis", "40001009"), ("disconnect_time", After(30)));
        await SendAsync(Admin, HttpMethod.Delete, "mappings/1009", null);
        await SendAsync(Admin, HttpMethod.Delete, "agents/ida", null);
        await NotifyAsync("callStart", "unmapped-1", ("endpoint_id", "9009"), ("dnis", "40009009"));
        await NotifyAsync("callEnd", "unmapped-1", ("endpoint_id", "9009"), ("dnis", "40009009"));
        await RefuseAsync("this is no JSON", HttpStatusCode.BadRequest);
        await RefuseAsync(
            [.. "{'action':'callStop','data':{'name':'Jos"u8, 0xE9, .. "'}}"u8], HttpStatusCode.BadRequest);
        await PostAsync(Notification(
            "callStart", "whose", ("account_id", "nobody's"), ("endpoint_id", "9010"), ("dnis", "40009010")));
        await Eventually.TrueAsync(async () => (await Admin.ItemsAsync("/api/refused-events")).Count == 3);
    }

    private async Task WrapUpAsync()
    {
        await SendAsync(Ana, HttpMethod.Put, "calls/in-answered/wrap-up", new
        {
            outcome = "promise-to-pay",
            notes = "Paga el lunes. 😀 «ñ»",
            followUp = new { dueAt = "2026-03-09T15:00:00Z", note = "Confirmar el pago" },
            charge = new { amount = 1500.5m, currency = "CRC", concept = "Gestión" },
            promise = new { amount = 25000m, currency = "CRC", dueAt = "2026-03-09T06:00:00Z" },
            fields = new { medio = "SINPE" },
        });
        await SendAsync(Ana, HttpMethod.Put, "calls/in-missed/contact", new { contactId = "carmen" });
        await SendAsync(
            Ana, HttpMethod.Put, "calls/in-missed/wrap-up?draft=true", new { notes = new string('ñ', 3900) });
        await SendAsync(
            Luis,
            HttpMethod.Put,
            "calls/out-1/wrap-up",
            new { outcome = "visita", notes = "Prefers a visit", followUp = new { dueAt = "2026-03-04T16:30:00Z" } });
        await SendAsync(
            Luis,
            HttpMethod.Put,
            "calls/group-1/wrap-up",
            new { outcome = "call-back", followUp = new { dueAt = "2026-03-03T16:00:00Z", note = "Llamar" } });
        var done = (await Luis.ItemsAsync("/api/follow-ups"))[0].Text("followUpId");
        await SendAsync(Luis, HttpMethod.Post, $"follow-ups/{Uri.EscapeDataString(done!)}/done", null);
        await SendAsync(Ana, HttpMethod.Post, "calls/private-1/ignore", null);
        await SendAsync(_people["pablo"], HttpMethod.Put, "calls/transferred-1/contact", new { contact = new { contactId = "nuevo", name = "Nuevo Por Llamada", numbers = new[] { "+34 612 345 678" } } });
        await SendAsync(_people["pablo"], HttpMethod.Post, "pop-ups/transferred-1/acknowledge", null);
        _clock.Now += TimeSpan.FromMinutes(2);
        await SendAsync(_people["pablo"], HttpMethod.Put, "calls/transferred-1/wrap-up", new { outcome = "attended" });
        await SendAsync(
            _people["pablo"],
            HttpMethod.Put,
            "calls/transferred-1/wrap-up",
            new { outcome = "other", notes = "Corregido" });
    }

    private async Task ClickAsync()
    {
        // Accepted, with one call id; then with two.
        await DialAsync("ana", "accepted", "placed", new { contactId = "jose" });
        await NotifyAsync("callStart", "dialled-1", ("type", "out"), ("ani", "40001001"), ("dnis", "88881234"));
        await NotifyAsync(
            "callEnd",
            "dialled-1",
            ("type", "out"),
            ("ani", "40001001"),
            ("dnis", "88881234"),
            ("connect_time", After(9)),
            ("disconnect_time", After(69)),
            ("cost", "7"));
        await DialAsync("ana", "two-legs", "placed", new { number = "8712-4455", endpointId = "1004" });
        (string, object?)[] own = [("type", "in"), ("ani", "87124455"), ("dnis", "40001004"), ("endpoint_id", "1004")];
        (string, object?)[] other =
            [("type", "out"), ("ani", "40001004"), ("dnis", "87124455"), ("endpoint_id", "1004")];
        await NotifyAsync("callStart", "leg-own", own);
        await NotifyAsync("leg-own", "callStart", "leg-other", [.. other, ("detect_time", After(4))]);
        await NotifyAsync("leg-own", "callEnd", "leg-other", [.. other, ("detect_time", After(4)), ("connect_time", After(10)), ("disconnect_time", After(40)), ("cost", "3")]);
        await NotifyAsync(
            "callEnd", "leg-own", [.. own, ("connect_time", After(3)), ("disconnect_time", After(40)), ("cost", "1")]);
        // Refused, and without a clear answer.
        _operator.Answer = (StatusCodes.Status409Conflict, "Phone is busy");
        await DialAsync("luis", "refused", "refused", new { number = "8888-1234" });
        _operator.Answer = (StatusCodes.Status500InternalServerError, "Oops");
        await DialAsync("luis", "unknown", "unknown", new { number = "8888-1234" });
        _clock.Now += TimeSpan.FromMinutes(5);
    }

    /// <summary>
    /// What is in progress when the host stops: pop-ups, a dial without a call, messages of each kind.
    /// </summary>
    private async Task LeaveWorkAsync()
    {
        // The sweep stops after its first part.
        await _host.Get<Sweeper>().RunAsync(TimeSpan.Zero, CancellationToken.None);
        _clock.Now = End - TimeSpan.FromMinutes(30);
        (string, object?)[] putAway = [("ani", "87124455"), ("endpoint_id", "1004"), ("dnis", "40001004")];
        await NotifyAsync("callStart", "live-put-away", putAway);
        await SendAsync(Ana, HttpMethod.Post, "pop-ups/live-put-away/acknowledge", null);
        await NotifyAsync("callStart", "live-ringing", ("ani", "70001122"));
        await NotifyAsync(
            "callStart",
            "live-talking",
            ("ani", "22223344"),
            ("endpoint_id", "1002"),
            ("dnis", "40001002"),
            ("connect_time", After(5)));
        // Handed over to a colleague, who talks on.
        (string, object?)[] handed = [("ani", "70001133"), ("connect_time", After(-50))];
        await NotifyAsync("callStart", "live-handed", handed);
        await NotifyAsync(
            "callStart", "live-handed", ("ani", "70001133"), ("endpoint_id", "1005"), ("connect_time", After(0)));
        await NotifyAsync("callEnd", "live-handed", [.. handed, ("disconnect_time", After(2))]);
        await PostAsync(Notification("callEnd", HeldMessages.Poison + "1", ("ani", "88881234")));
        await PostAsync(Notification("callEnd", HeldMessages.Poison + "2", ("ani", "87124455")));
        await PostAsync(
            Notification("callStart", HeldMessages.Unfinished + "1", ("ani", "24419000"), ("endpoint_id", "1005")));
        await PostAsync(Notification(
            "callEnd",
            HeldMessages.Delayed + "1",
            ("ani", "70001122"),
            ("connect_time", After(3)),
            ("disconnect_time", After(300)),
            ("cost", "21")));
        _operator.Answer = (StatusCodes.Status200OK, "OK");
        await DialAsync("pablo", "open", "placed", new { number = "8834-7712" });
        await _host.App.StopAsync();
        _clock.Now = End;
        var received = await _host.Get<IQueueReceiver>()
            .ReceiveAsync(StorageNames.CallEvents, 32, TimeSpan.FromMinutes(10), CancellationToken.None);
        received.ShouldHaveSingleItem().Body.ShouldContain(HeldMessages.Unfinished);
    }

    private async Task DialAsync(string agent, string key, string state, object click)
    {
        var (status, dial) = await ClickDesk.ClickAsync(_people[agent], click, key);
        (status, dial.Text("state")).ShouldBe((HttpStatusCode.Accepted, state), dial.ToString());
        _dials[agent] = [.. _dials.GetValueOrDefault(agent, []), dial.Text("dialId")!];
        // Its call begins after the dial.
        _clock.Now += TimeSpan.FromSeconds(101);
    }

    private string After(int seconds) => DemoHost.OperatorTime(_clock.Now.AddSeconds(seconds - 100));

    private Task NotifyAsync(string action, string callId, params (string Field, object? Value)[] data) =>
        NotifyAsync(callId, action, callId, data);

    /// <summary>Posts a notification, and waits until its call has it.</summary>
    private async Task NotifyAsync(string call, string action, string callId, (string Field, object? Value)[] data)
    {
        await PostAsync(Notification(action, callId, data));
        var heard = _heard[call] = _heard.GetValueOrDefault(call) + 1;
        JsonElement? read = null;
        await Eventually.TrueAsync(
            async () => (read = await Admin.ReadAsync($"/api/calls/{Uri.EscapeDataString(call)}")) is { } found
                && found.GetProperty("timeline").GetArrayLength() == heard,
            () => $"the call {call} to have heard {action}, which is {read}");
        _clock.Now += TimeSpan.FromSeconds(action == "callEnd" ? 100 : 1);
    }

    private IReadOnlyDictionary<string, object?> Notification(
        string action, string callId, params (string Field, object? Value)[] data) =>
        DemoHost.Notification(action, callId, [("detect_time", After(0)), ("disconnect_time", ""), .. data]);

    private async Task PostAsync(object notification)
    {
        using var response = await _webhook.PostAsJsonAsync(_host.Webhook, notification);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    private Task RefuseAsync(string body, HttpStatusCode status) => RefuseAsync(Encoding.UTF8.GetBytes(body), status);

    private async Task RefuseAsync(byte[] body, HttpStatusCode status)
    {
        using var content = new ByteArrayContent(body);
        using var response = await _webhook.PostAsync(_host.Webhook, content);
        response.StatusCode.ShouldBe(status);
    }
}
