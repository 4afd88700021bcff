using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Homologation;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.PersonalData;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.ContactImports;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Tests.PersonalData;

/// <summary>
/// A person whose number, name, document and notes are everywhere in the storage, through the whole host: all of it is
/// exported, and after the erasure none of it is left.
/// </summary>
public abstract class PersonalDataTests(TestStorage storage)
{
    private const string Number = "61239874";

    private const string Document = "1-1578-0342";

    private const string Name = "Zenobia Quirós Ñurinda";

    private const string Email = "zenobia.quiros@correo.test";

    private const string Note = "Turrialba7781";

    /// <summary>What must not be found any more, in any spelling in which it was planted.</summary>
    private static readonly string[] Traces =
        [Number, "6123-9874", Document, "115780342", "Zenobia", "zenobia", "ZENOBIA", Note, "turrialba7781"];

    [SkippableFact]
    public async Task Nothing_Of_An_Erased_Person_Is_Left_In_Any_Table_Or_Queue()
    {
        await using var office = await Office.StartAsync(storage);
        var ids = await office.PlantAsync();
        (await office.TracesAsync()).Select(found => found.Split(' ')[0]).Distinct().ShouldBe(
            [
                "calls", "callindex", "contacts", "contactnumbers", "contactnames", "contactimports", "wrapups",
                "followups", "promises", "dials", "refusedevents", "asiderecords", "audit", "homologation",
                "eventbodies", "call-events", "campaigns",
            ],
            ignoreOrder: true);
        var cost = (await office.Admin.ReadAsync("/api/calls/zq-tied"))!.Value.GetProperty("cost").GetDecimal();

        var exported = await office.Admin.GetStringAsync($"/api/personal-data/{ids.Contact}");
        var (status, erasure) = await office.EraseAsync(ids.Contact);

        status.ShouldBe(HttpStatusCode.Accepted, erasure.ToString());
        var done = await office.DoneAsync(erasure.Text("erasureId")!);
        (await office.TracesAsync()).ShouldBeEmpty();
        (await office.MentionsAsync(ids.Contact)).ShouldAllBe(
            found => found.StartsWith("audit ", StringComparison.Ordinal), "an id that leads nowhere says who did what");
        (await office.Admin.ReadAsync($"/api/contacts/{ids.Contact}")).ShouldBeNull();

        // The export had it all.
        var json = JsonDocument.Parse(exported).RootElement;
        json.GetProperty("contact").Text("document").ShouldBe(Document);
        json.GetProperty("calls").EnumerateArray().Select(each => each.GetProperty("call").Text("callId"))
            .ShouldBe(["zq-tied", "zq-before"], ignoreOrder: true);
        exported.ShouldContain(Note);
        json.GetProperty("followUps").GetArrayLength().ShouldBe(1);
        json.GetProperty("promises").GetArrayLength().ShouldBe(1);
        json.GetProperty("audit").GetArrayLength().ShouldBeGreaterThan(3);
        json.GetProperty("messagesSetAside").GetArrayLength().ShouldBe(1);
        json.GetProperty("other").EnumerateArray().Select(each => each.Text("table")).Distinct()
            .ShouldBe(
            [
                "contactnumbers", "contactimports", "dials", "refusedevents", "asiderecords", "homologation", "eventbodies",
                "campaigns",
            ],
            ignoreOrder: true);

        // The figures stay, and so do others.
        var call = (await office.Admin.ReadAsync("/api/calls/zq-tied")).ShouldNotBeNull();
        (call.Text("agentId"), call.Text("outcome"), call.GetProperty("cost").GetDecimal())
            .ShouldBe(("ana", "promise-to-pay", cost));
        (call.Text("anonymizedAt"), call.Text("contactId")).ShouldSatisfyAllConditions(
            each => each.Item1.ShouldNotBeNull(), each => each.Item2.ShouldBeNull());
        var other = (await office.Admin.ReadAsync("/api/calls/zq-other")).ShouldNotBeNull();
        other.GetProperty("wrapUp").Text("notes").ShouldBe("Pregunta por xxxx-xxxx, de parte de su jefa");
        other.Text("contactName").ShouldNotBeNull();
        (await office.Admin.ItemsAsync("/api/contacts?query=hermana")).ShouldHaveSingleItem()
            .GetProperty("numbers")[0].GetString().ShouldBe("6111-2233");

        // The protocol says what was done, and of whom nothing.
        done.GetProperty("counts").GetProperty("calls").GetInt64().ShouldBe(3, "two of hers, and one with somebody else");
        done.GetProperty("counts").GetProperty("poison").GetInt64().ShouldBe(1);
        (done.Text("reference"), done.Text("askedBy")).ShouldBe(("Oficio 2026-014", "admin"));
        (await office.Admin.ItemsAsync("/api/personal-data-erasures")).ShouldHaveSingleItem().Text("state").ShouldBe("done");
        (await office.Admin.ItemsAsync("/api/audit?what=personal-data.erased")).ShouldHaveSingleItem()
            .GetProperty("after").Text("reference").ShouldBe("Oficio 2026-014");
        (await office.Admin.ItemsAsync($"/api/audit?id={ids.Contact}")).ShouldAllBe(
            entry => entry.Text("erasedAt") != null && entry.Text("before") == null && entry.Text("after") == null);

        await office.TellLateAsync();
        (await office.TracesAsync()).ShouldBeEmpty("what comes late of her call brings nothing back");
        (await office.Admin.ReadAsync("/api/calls/zq-tied"))!.Value.GetProperty("cost").GetDecimal().ShouldBe(77.5m);
        (await office.EraseAsync(ids.Contact)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableFact]
    public async Task What_An_Agent_Has_Open_Of_An_Erased_Person_S_Call_Brings_Nothing_Back()
    {
        await using var office = await Office.StartAsync(storage);
        var contact = (await office.ContactAsync(Name, Number)).Text("contactId")!;
        await office.Host.RingAsync(office.Ana, Number, callId: "zq-open");
        await office.Host.RingAsync(office.Ana, Number, action: "callEnd", callId: "zq-open", connected: true);
        var screens = await office.Ana.ItemsAsync("/api/pop-ups");
        screens.ShouldHaveSingleItem().Text("anonymizedAt").ShouldBeNull();
        await using var screen = await TestScreen.OpenAsync(office.Host, office.Ana);
        await office.DoneAsync((await office.EraseAsync(contact)).Body.Text("erasureId")!);

        var (message, popUp) = await screen.NextOfAsync("zq-open");
        (message, popUp.Text("contactId")).ShouldBe(("popUpChanged", null));
        popUp.Text("anonymizedAt").ShouldNotBeNull();
        object[] written =
        [
            new { outcome = "attended", notes = $"Zenobia vive en {Note}" },
            new { outcome = "attended", followUp = new { dueAt = DateTimeOffset.UtcNow.AddDays(1), note = Note } },
            new { outcome = "attended", charge = new { amount = 10m, currency = "CRC", concept = Note } },
            new
            {
                outcome = "promise-to-pay",
                promise = new { amount = 10m, currency = "CRC", dueAt = DateTimeOffset.UtcNow.AddDays(1) },
            },
        ];
        foreach (var wrapUp in written)
        {
            foreach (var draft in new[] { true, false })
            {
                var (status, body) = await office.Ana.AskAsync(
                    HttpMethod.Put, $"/api/calls/zq-open/wrap-up?draft={(draft ? "true" : "false")}", wrapUp);
                status.ShouldBe(HttpStatusCode.Conflict, body.ToString());
            }
        }

        (await office.Ana.AskAsync(
            HttpMethod.Put, "/api/calls/zq-open/contact", new { contact = new { name = Name, numbers = new[] { Number } } }))
            .Status.ShouldBe(HttpStatusCode.Conflict);
        (await office.Ana.AskAsync(HttpMethod.Put, "/api/calls/zq-open/wrap-up", new { outcome = "attended" }))
            .Status.ShouldBe(HttpStatusCode.OK, "what the office counts is still said");
        (await office.TracesAsync()).ShouldBeEmpty();
        (await office.Ana.ItemsAsync("/api/pop-ups")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Person_Is_Erased_Only_By_Who_May_And_Not_While_A_Call_Goes_On()
    {
        await using var office = await Office.StartAsync(storage);
        var contact = await office.ContactAsync(Name, Number);
        var id = contact.Text("contactId")!;

        (await office.Ana.AskAsync(HttpMethod.Delete, $"/api/personal-data/{id}?reference=a&confirmed=true")).Status
            .ShouldBe(HttpStatusCode.Forbidden);
        (await office.Ana.AskAsync(HttpMethod.Get, $"/api/personal-data/{id}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var (bad, problem) = await office.Admin.AskAsync(HttpMethod.Delete, $"/api/personal-data/{id}");
        (bad, string.Join(',', problem.Errors())).ShouldBe((HttpStatusCode.BadRequest, "reference,confirmed"));
        foreach (var named in new[] { $"Oficio de {Number}", "Ñurinda Quirós, Zenobia" })
        {
            (await office.EraseAsync(id, named)).Body.Errors().ShouldBe(["reference"], named);
        }

        (await office.EraseAsync(id, ifMatch: "other")).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await office.EraseAsync("nobody")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await office.Admin.ReadAsync("/api/personal-data-erasures/nothing")).ShouldBeNull();

        await office.Host.RingAsync(office.Ana, Number, callId: "goes-on");
        (await office.EraseAsync(id)).Status.ShouldBe(HttpStatusCode.Conflict);
        await office.Host.RingAsync(office.Ana, Number, action: "callEnd", callId: "goes-on");

        var etag = (await office.Admin.ReadAsync($"/api/contacts/{id}"))!.Value.Text("etag");
        // Whoever presses twice, or several at once, begin one erasure.
        var begun = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => office.EraseAsync(id, ifMatch: etag)));
        begun.ShouldAllBe(answer => answer.Status == HttpStatusCode.Accepted);
        var erasureId = begun.Select(answer => answer.Body.Text("erasureId")).Distinct().ShouldHaveSingleItem()!;
        (await office.Admin.ItemsAsync("/api/audit?what=personal-data.erased")).ShouldHaveSingleItem()
            .Text("id").ShouldBe(erasureId);
        await office.DoneAsync(erasureId);
        (await office.TracesAsync()).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task An_Erasure_That_Failed_Goes_On_When_It_Is_Asked_For_Again()
    {
        await using var office = await Office.StartAsync(storage);
        var id = (await office.ContactAsync(Name, Number)).Text("contactId")!;
        var contact = (await office.Host.Get<ContactStore>().GetAsync(id, default)).ShouldNotBeNull();
        var (queue, now) = (office.Host.Get<JobQueue>(), DateTimeOffset.UtcNow);
        var erasure = new Erasure
        {
            ErasureId = queue.NewId(),
            Reference = "Oficio 1",
            AskedBy = "admin",
            AskedAt = now,
            JobId = queue.NewId(),
            Person = await office.Host.Get<PersonFinder>().FindAsync(contact, default),
        };
        await office.Host.Get<ErasureStore>().BeginAsync(erasure, id, default);
        await office.Host.Get<JobStore>().InsertAsync(
            new Job
            {
                JobId = erasure.JobId,
                Kind = ErasureJob.Name,
                State = JobState.Failed,
                CreatedAt = now,
                MovedAt = now,
                Payload = new ErasureWork(erasure.ErasureId, ErasurePhase.Calls).ToJson(),
            },
            default);

        var (status, body) = await office.EraseAsync(id);

        (status, body.Text("erasureId")).ShouldBe((HttpStatusCode.Accepted, erasure.ErasureId));
        await office.DoneAsync(erasure.ErasureId);
        (await office.TracesAsync()).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task An_Address_That_Another_Contact_Has_Too_Tells_Of_Nobody()
    {
        await using var office = await Office.StartAsync(storage);
        var finder = office.Host.Get<PersonFinder>();
        var contacts = office.Host.Get<ContactStore>();
        var zenobia = await office.MadeAsync(new { name = Name, numbers = new[] { Number }, email = Email });
        var id = zenobia.Text("contactId")!;
        // The same words are no address yet.
        await office.MadeAsync(new { name = "Correo Test", email = "quiros.zenobia@correo.test" });
        var alone = await finder.FindAsync((await contacts.GetAsync(id, default)).ShouldNotBeNull(), default);
        alone.Emails.ShouldBe([Email]);
        var brother = await office.MadeAsync(
            new { name = "Berto Quirós", email = Email.ToUpperInvariant(), fields = new { seguro = "Colectivo" } });
        await office.Admin.ImportAsync($"nombre;correo\nBerto Quirós;{Email}\n");

        var exported = await office.Admin.GetStringAsync($"/api/personal-data/{id}");
        await office.DoneAsync((await office.EraseAsync(id)).Body.Text("erasureId")!);

        exported.ShouldContain(Email);
        exported.ShouldNotContain("Berto");
        exported.ShouldNotContain("Colectivo");
        (await office.Admin.ItemsAsync($"/api/audit?id={brother.Text("contactId")}")).ShouldHaveSingleItem()
            .GetProperty("after").Text("name").ShouldBe("Berto Quirós");
        (await office.Admin.ItemsAsync("/api/contacts?query=berto")).Select(contact => contact.Text("email"))
            .ShouldBe([Email.ToUpperInvariant(), Email], ignoreOrder: true);
    }

    [SkippableFact]
    public async Task What_The_Own_Fields_Of_Others_Say_Is_Masked()
    {
        await using var office = await Office.StartAsync(storage);
        var id = (await office.ContactAsync(Name, Number)).Text("contactId")!;
        var other = await office.MadeAsync(new
        {
            name = "Nora Mata",
            numbers = new[] { "6111-4455" },
            fields = new { fiadora = $"{Number} / 6123 – 9874, {Document}", tel = "6123\u00A09874", zona = "Norte" },
        });
        var kept = await office.MadeAsync(new { name = "Nora M.", numbers = new[] { "6111-4455" } });
        await office.MergeAsync(kept.Text("contactId")!, other.Text("contactId")!, isUndone: false);
        (await office.Admin.ItemsAsync($"/api/contacts?query={Number}")).Count.ShouldBe(2);
        // The journal of an import has copies of its contacts.
        await office.Admin.ImportAsync(
            $"nombre;telefono;zona;fiadora\nLía Mata;6111-5566;Sur;{Number}\nEva Mata;6111-6677;Sur;\n",
            "mapping=zona:zona,fiadora:fiadora");

        await office.DoneAsync((await office.EraseAsync(id)).Body.Text("erasureId")!);

        (await office.TracesAsync()).ShouldBeEmpty();
        // The number's end, as text and escaped. Four digits alone can be a part of an id.
        (await office.MentionsAsync(" 9874", "\u00A09874", "\\u00A09874")).ShouldBeEmpty();
        var fields = (await office.Admin.ItemsAsync("/api/contacts?query=nora")).ShouldHaveSingleItem()
            .GetProperty("fields");
        (fields.Text("fiadora"), fields.Text("tel"), fields.Text("zona"))
            .ShouldBe(("xxxxxxxx / xxxx – xxxx, x-xxxx-xxxx", "xxxx\u00A0xxxx", "Norte"));
    }

    private sealed class Office(TestHost host, HttpClient admin, HttpClient ana) : IAsyncDisposable
    {
        public TestHost Host { get; } = host;

        public HttpClient Admin { get; } = admin;

        public HttpClient Ana { get; } = ana;

        public static async Task<Office> StartAsync(TestStorage storage)
        {
            string[] settings = ["--Queues:RetryDelay", "00:00:00", "--Events:AllowPrivateAddresses", "true"];
            var host = await TestHost.StartAsync(storage, new() { Settings = settings });
            return new Office(host, await host.SignInAsync("admin"), await host.SignInAsync("ana"));
        }

        public async Task<JsonElement> ContactAsync(string name, params string[] numbers) =>
            await MadeAsync(new { name, numbers, document = name == Name ? Document : null });

        public Task<(HttpStatusCode Status, JsonElement Body)> EraseAsync(
            string contactId, string reference = "Oficio 2026-014", string? ifMatch = null) =>
            Admin.AskAsync(
                HttpMethod.Delete,
                $"/api/personal-data/{contactId}?confirmed=true&reference={Uri.EscapeDataString(reference)}",
                ifMatch: ifMatch);

        public async Task<JsonElement> DoneAsync(string erasureId)
        {
            JsonElement erasure = default;
            await Eventually.TrueAsync(
                async () => (erasure = (await Admin.ReadAsync($"/api/personal-data-erasures/{erasureId}")).ShouldNotBeNull())
                    .Text("state") is "done" or "failed",
                () => $"the erasure, which is {erasure}");
            erasure.Text("state").ShouldBe("done", erasure.ToString());
            return erasure;
        }

        /// <summary>Puts the person wherever somebody, or the operator, can put her.</summary>
        public async Task<(string Contact, string Other)> PlantAsync()
        {
            // An application that does not answer.
            var (created, endpoint) = await Admin.AskAsync(
                HttpMethod.Post,
                "/api/event-endpoints",
                new { url = "http://127.0.0.1:9/", events = new[] { "call.started", "call.ended" } });
            created.ShouldBe(HttpStatusCode.Created, endpoint.ToString());

            // Before anybody knew her.
            await RingAndEndAsync("zq-before");
            var contact = (await MadeAsync(new
            {
                name = Name,
                numbers = new[] { "6123-9874", "6111-2233" },
                document = Document,
                email = Email,
            })).Text("contactId")!;
            await MadeAsync(new { name = "Hermana Quirós", numbers = new[] { "6111-2233" } });

            // Her call, with all that an agent writes of it.
            await RingAndEndAsync("zq-tied");
            var (status, body) = await Ana.AskAsync(HttpMethod.Put, "/api/calls/zq-tied/wrap-up", new
            {
                outcome = "promise-to-pay",
                notes = $"Zenobia vive en {Note}",
                promise = new { amount = 5000, currency = "CRC", dueAt = DateTimeOffset.UtcNow.AddDays(3) },
                followUp = new { dueAt = DateTimeOffset.UtcNow.AddDays(2), note = $"Llamar a {Number}" },
                charge = new { amount = 100, currency = "CRC", concept = $"Visita a {Note}" },
            });
            status.ShouldBe(HttpStatusCode.OK, body.ToString());

            // A call with somebody else, in which she is named, and was chosen first.
            await Host.RingAsync(Ana, "88881234", callId: "zq-other", connected: true);
            var josé = (await Admin.ReadAsync("/api/calls/zq-other"))!.Value.Text("contactId")!;
            await OkAsync(HttpMethod.Put, "/api/calls/zq-other/contact", new { contactId = contact });
            await OkAsync(HttpMethod.Put, "/api/calls/zq-other/contact", new { contactId = josé });
            await Host.RingAsync(Ana, "88881234", action: "callEnd", callId: "zq-other", connected: true);
            await OkAsync(HttpMethod.Put, "/api/calls/zq-other/wrap-up", new
            {
                outcome = "no-answer",
                notes = "Pregunta por 6123-9874, de parte de su jefa",
            });

            // A change, a merge that stands, and one that was taken back.
            var before = (await Ana.ReadAsync($"/api/contacts/{contact}")).ShouldNotBeNull();
            await OkAsync(
                HttpMethod.Put,
                $"/api/contacts/{contact}",
                new
                {
                    name = Name,
                    numbers = new[] { "6123-9874", "6111-2233" },
                    document = Document,
                    email = Email,
                    fields = new { poliza = Note },
                },
                before.Text("etag"));
            var twin = await MadeAsync(new { name = "Zenobia Quirós", numbers = new[] { "6123-9874" } });
            await MergeAsync(contact, twin.Text("contactId")!, isUndone: false);
            var other = await MadeAsync(new { name = "Otra Persona", numbers = new[] { "6111-4455" } });
            var stranger = other.Text("contactId")!;
            await MergeAsync(contact, stranger, isUndone: true);

            // A file, of which one row is refused.
            await Admin.ImportAsync(
                $"nombre;telefono;cedula\n{Name};{Number};{Document}\nPedro Solano;6111-7788;\n{Name};no es;\n",
                "duplicates=merge&by=number");
            // Exports that ask for her.
            await Admin.GetStringAsync($"/api/exports/calls.csv?number={Number}");
            await Admin.GetStringAsync($"/api/exports/audit.csv?id={contact}");

            // A click, which nobody answers here.
            using (var click = new HttpRequestMessage(HttpMethod.Post, "/api/calls"))
            {
                click.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
                click.Content = JsonContent.Create(new { contactId = contact, number = Number });
                using var answer = await Ana.SendAsync(click);
                answer.StatusCode.ShouldNotBe(HttpStatusCode.BadRequest, await answer.Content.ReadAsStringAsync());
            }

            // A campaign that has her by her contact, and one that has her number alone.
            foreach (var contacts in new object[] { new { ids = new[] { contact } }, new { numbers = new[] { Number } } })
            {
                var (made, campaign) = await Admin.AskAsync(
                    HttpMethod.Post, "/api/campaigns", new { name = "Noviembre", mode = "preview", contacts });
                made.ShouldBe(HttpStatusCode.Created, campaign.ToString());
            }

            // What could not be read: one as text, one in bytes that are no UTF-8, and one that fails each time.
            using var nobody = Host.Anonymous();
            foreach (var refused in new[]
            {
                Encoding.UTF8.GetBytes($"{{\"action\":\"callStart\",\"data\":{{\"ani\":\"506{Number}\""),
                [.. Encoding.UTF8.GetBytes($"{{\"ani\":\"{Number}\",\"n\":\"Jos"), 0xE9, 0x22],
            })
            {
                using var content = new ByteArrayContent(refused);
                (await nobody.PostAsync(Host.Webhook, content)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            }

            await PoisonAsync(nobody);

            // A record that can't be a call's. A pull keeps it so.
            var account = Host.Get<Accounts>().Home;
            await Host.Get<AsideRecordStore>().KeepAsync(
                account,
                [
                    new AsideRecord(
                        null, "detect_time", new Phrase("No es una hora.", "It is no time."), $"{{\"ani\":\"{Number}\"}}"),
                ],
                DateTimeOffset.UtcNow,
                default);

            // What a case of the homologation has seen.
            var (_, run) = await Admin.AskAsync(HttpMethod.Post, "/api/homologation", new { });
            await Host.Get<HomologationStore>().ChangeAsync(
                run.Text("runId")!,
                "incoming",
                result => result with
                {
                    Seen =
                    [
                        new Sighting(
                            DateTimeOffset.UtcNow, new Phrase("Una llamada.", "A call."), $"{{\"ani\":\"{Number}\"}}"),
                    ],
                },
                default);
            await Eventually.TrueAsync(async () => (await MentionsAsync(Number)).Count(
                row => row.StartsWith("eventbodies ", StringComparison.Ordinal)) == 4);
            return (contact, stranger);
        }

        /// <summary>Her call is told once more: its end, and its record.</summary>
        public async Task TellLateAsync()
        {
            await Host.RingAsync(Ana, Number, action: "callEnd", callId: "zq-tied", connected: true);
            var account = Host.Get<Accounts>().Home;
            var began = TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, account.TimeZone).DateTime.AddMinutes(-2);
            await Host.Get<RecordIntake>().TakeAsync(
                account,
                [
                    new CallRecord
                    {
                        RecordId = "zq-tied",
                        Ani = $"506{Number}",
                        Dnis = "1001",
                        DnisUser = "1001",
                        DetectTime = began,
                        ConnectTime = began,
                        Duration = 90,
                        Cost = 77.5m,
                        Other = new Dictionary<string, string> { ["caller_name"] = Name },
                    },
                ],
                DateTimeOffset.UtcNow,
                failed => throw new InvalidOperationException(failed.RecordId),
                _ => { },
                default);
            await Eventually.TrueAsync(async () =>
                (await Admin.ReadAsync("/api/calls/zq-tied"))!.Value.GetProperty("cost").GetDecimal() == 77.5m);
        }

        /// <summary>Where something of the person stands: the table or the queue, and the row.</summary>
        public Task<IReadOnlyList<string>> TracesAsync() => MentionsAsync(Traces);

        public async Task<IReadOnlyList<string>> MentionsAsync(params string[] texts)
        {
            var found = new List<string>();
            foreach (var table in StorageNames.Tables)
            {
                RowKey? after = null;
                while (await Host.Get<ITables>()[table].ScanAsync(after, 1000, default) is { Count: > 0 } page)
                {
                    found.AddRange(page.Select(row => $"{table} {row.Partition} {row.Key} {Opened(row)}")
                        .Where(row => texts.Any(text => row.Contains(text, StringComparison.Ordinal))));
                    after = RowKey.Of(page[^1]);
                }
            }

            foreach (var queue in StorageNames.Queues)
            {
                var messages = await Host.Get<IQueueAdmin>().ListPoisonAsync(queue, 100, null, default);
                found.AddRange(messages.Select(message => $"{queue} {message.Body}")
                    .Where(body => texts.Any(text => body.Contains(text, StringComparison.Ordinal))));
            }

            return found;
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();

        // All texts of a row. What is in Base64, compressed or not, is opened.
        private static string Opened(Row row)
        {
            var text = new StringBuilder();
            foreach (var (name, value) in row.Columns)
            {
                text.Append(name).Append('=').Append(value).Append(' ');
            }

            var packed = string.Concat(row.Columns.Where(column => column.Key.StartsWith("data", StringComparison.Ordinal))
                .OrderBy(column => column.Key.Length).ThenBy(column => column.Key, StringComparer.Ordinal)
                .Select(column => column.Value));
            if (packed.Length > 0)
            {
                using var zip = new BrotliStream(
                    new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
                using var reader = new StreamReader(zip, Encoding.UTF8);
                text.Append(reader.ReadToEnd());
            }

            if (row.Text("bodyBase64") is { } bytes)
            {
                text.Append(Encoding.Latin1.GetString(Convert.FromBase64String(bytes)));
            }

            return text.ToString();
        }

        private async Task RingAndEndAsync(string callId)
        {
            await Host.RingAsync(Ana, Number, callId: callId, connected: true);
            await Host.RingAsync(Ana, Number, action: "callEnd", callId: callId, connected: true);
            var account = Host.Get<Accounts>().Home;
            var began = TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, account.TimeZone).DateTime;
            await Host.Get<RecordIntake>().TakeAsync(
                account,
                [
                    new CallRecord
                    {
                        RecordId = callId,
                        Ani = Number,
                        Dnis = "1001",
                        DnisUser = "1001",
                        DetectTime = began,
                        ConnectTime = began,
                        Duration = 60,
                        Cost = 12.5m,
                        Other = new Dictionary<string, string> { ["caller_name"] = Name },
                    },
                ],
                DateTimeOffset.UtcNow,
                failed => throw new InvalidOperationException(failed.RecordId),
                _ => { },
                default);
        }

        private async Task PoisonAsync(HttpClient nobody)
        {
            var mappings = Host.Get<ITables>()[StorageNames.Mappings];
            var mapping = (await mappings.GetAsync("endpoint", "1001", default)).ShouldNotBeNull();
            await mappings.UpsertAsync(new Row("endpoint", "1001").Set("json", "{"), default);
            using var response = await nobody.PostAsJsonAsync(
                Host.Webhook, DemoHost.Notification("callStart", "zq-poison", ("ani", Number)));
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            await Eventually.TrueAsync(async () => (await Admin.ItemsAsync("/api/poison")).Count == 1);
            await mappings.UpsertAsync(mapping, default);
        }

        public async Task MergeAsync(string keep, string merge, bool isUndone)
        {
            var (status, made) = await Admin.AskAsync(HttpMethod.Post, "/api/contact-merges", new { keep, merge });
            status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Created);
            if (isUndone)
            {
                await OkAsync(HttpMethod.Post, $"/api/contact-merges/{made.Text("mergeId")}/undo", null);
            }
        }

        public async Task<JsonElement> MadeAsync(object contact)
        {
            var (status, made) = await Ana.AskAsync(HttpMethod.Post, "/api/contacts", contact);
            status.ShouldBe(HttpStatusCode.Created, made.ToString());
            return made;
        }

        private async Task OkAsync(HttpMethod method, string path, object? body, string? etag = null)
        {
            var (status, answer) = await (path.Contains("merges", StringComparison.Ordinal) ? Admin : Ana)
                .AskAsync(method, path, body, etag);
            ((int)status).ShouldBeInRange(200, 204, $"{path}: {answer}");
        }
    }
}

public sealed class PersonalDataTestsOnSqlite() : PersonalDataTests(TestStorage.Sqlite);

public sealed class PersonalDataTestsOnAzurite() : PersonalDataTests(TestStorage.AzuriteInTheLongRun);
