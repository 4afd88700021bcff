using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.FollowUps;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.PersonalData;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Functions.WrapUps;

namespace CallMyWay.Functions.Tests.PersonalData;

/// <summary>An erasure whose process ends anywhere, below HTTP.</summary>
public sealed class ErasureCrashTests : IAsyncLifetime
{
    private const string Number = "6123-9874";

    private const string Name = "Zenobia Quiros";

    private Features _features = null!;

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task An_Erasure_That_Ends_At_Any_Write_Goes_On_And_Leaves_Nothing()
    {
        var crashes = 0;
        for (var writes = 0; ; writes++)
        {
            var job = await BegunAsync(writes);
            _features.Meter.CrashAfter(writes);
            var left = await RunAsync(job);
            _features.Meter.Recover();
            if (left is null)
            {
                (await TracesAsync()).ShouldBeEmpty();
                break;
            }

            crashes++;
            (await RunAsync(left)).ShouldBeNull();

            (await TracesAsync()).ShouldBeEmpty($"after a crash at write {writes}");
            var erasure = (await _features.Get<ErasureStore>().GetAsync(ErasureWork.Read(job.Payload).ErasureId, default))
                .ShouldNotBeNull();
            (erasure.FinishedAt, erasure.Person).ShouldBe((_features.Clock.Now, null));
            var call = (await _features.CallAsync($"c-{writes}")).ShouldNotBeNull();
            (call.AnonymizedAt, call.Agents.Count, call.State).ShouldBe((_features.Clock.Now, 1, CallState.Ended));
        }

        crashes.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task An_Erasure_Waits_For_The_End_Of_A_Call()
    {
        var job = await BegunAsync(0);
        await _features.ProcessAsync(Body("callStart", "later"));

        var step = await Kind.RunAsync(job, default);

        (step.State, step.Error?.En)
            .ShouldBe((JobState.Running, "A call with the person goes on: it continues when that ends."));
        (await _features.CallAsync("later"))!.AnonymizedAt.ShouldBeNull();
        await _features.ProcessAsync(Body("callEnd", "later"));
        (await RunAsync(step.Progress)).ShouldBeNull();
        (await TracesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_Number_That_The_Contact_Got_Meanwhile_Is_Erased_Too()
    {
        var job = await BegunAsync(0);
        var contacts = _features.Get<ContactStore>();
        var contact = (await contacts.GetAsync("person-0", default)).ShouldNotBeNull();
        await contacts.ReplaceAsync(contact with { Numbers = ["6000-1122"] }, contact, default);
        await _features.ProcessAsync(Body("callStart", "new", "60001122"));
        await _features.ProcessAsync(Body("callEnd", "new", "60001122"));

        (await RunAsync(job)).ShouldBeNull();

        (await TracesAsync("60001122", "6000-1122")).ShouldBeEmpty();
        (await _features.CallAsync("new"))!.AnonymizedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_The_Repair_Of_The_Indexes_Has_Noted_Is_Forgotten()
    {
        var job = await BegunAsync(0);
        await _features.Get<ITables>()[StorageNames.Sweeps].UpsertAsync(
            new Row("repair", StorageNames.Contacts).Set("position", "61239874~person-0"), default);

        (await RunAsync(job)).ShouldBeNull();

        (await TracesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task All_Calls_Of_A_Person_Are_Told_And_Erased_However_Many_They_Are()
    {
        const int count = PersonCalls.PageSize + 1;
        var job = await BegunAsync(0);
        for (var i = 1; i < count; i++)
        {
            await _features.ProcessAsync(Body("callEnd", $"many-{i}"));
        }

        var person = new PersonText(await _features.Get<PersonFinder>().FindAsync(
            (await _features.Get<ContactStore>().GetAsync("person-0", default)).ShouldNotBeNull(), default));
        var told = new List<string>();
        await foreach (var call in _features.Get<PersonCalls>().ReadAsync(person, default))
        {
            told.Add(call.CallId);
        }

        told.Distinct().Count().ShouldBe(count);
        told.Count.ShouldBe(count);

        (await RunAsync(job)).ShouldBeNull();
        (await TracesAsync()).ShouldBeEmpty();
    }

    private IJobKind Kind => _features.GetAll<IJobKind>().Single(kind => kind.Kind == ErasureJob.Name);

    /// <summary>
    /// A person with a call, what was written of it, an entry of the audit, and another contact whose fields name her.
    /// </summary>
    private async Task<Job> BegunAsync(int round)
    {
        (await _features.Get<ContactStore>().CreateAsync(
            new Contact
            {
                ContactId = $"other-{round}",
                Name = "Nora Mata",
                Numbers = [],
                Fields = new Dictionary<string, string> { ["fiadora"] = $"61239874, {Number}" },
            },
            default)).ShouldNotBeNull();
        var contact = (await _features.Get<ContactStore>().CreateAsync(
            new Contact
            {
                ContactId = $"person-{round}",
                Name = Name,
                Numbers = [Number],
                Document = "1-1578-0342",
                CreatedAt = _features.Clock.Now,
            },
            default)).ShouldNotBeNull();
        await _features.ProcessAsync(Body("callStart", $"c-{round}"));
        await _features.ProcessAsync(Body("callEnd", $"c-{round}"));
        var call = (await _features.CallAsync($"c-{round}")).ShouldNotBeNull();
        call.ContactId.ShouldBe(contact.ContactId);
        await _features.Get<WrapUpStore>().SaveAsync(
            call.Key,
            null,
            new WrapUp { AgentId = "ana", UpdatedAt = _features.Clock.Now, Notes = $"{Name} llama del {Number}" },
            null,
            default);
        await _features.Get<FollowUpStore>().PutAsync(
            $"c-{round}~8000001",
            _ => new FollowUp(
                $"c-{round}~8000001", call, "ana", contact, _features.Clock.Now.AddDays(1), $"Llamar a {Name}"),
            default);
        await _features.Get<AuditLog>().WriteAsync(
            "ana", AuditChange.Of("contact.created", contact.ContactId, null, contact), default);
        var erasure = new Erasure
        {
            ErasureId = _features.Get<JobQueue>().NewId(),
            Reference = "Oficio 1",
            AskedBy = "ana",
            AskedAt = _features.Clock.Now,
            JobId = "job",
            Person = await _features.Get<PersonFinder>().FindAsync(contact, default),
        };
        await _features.Get<ErasureStore>().BeginAsync(erasure, contact.ContactId, default);
        return new Job
        {
            JobId = "job",
            Kind = ErasureJob.Name,
            CreatedAt = _features.Clock.Now,
            MovedAt = _features.Clock.Now,
            Payload = new ErasureWork(erasure.ErasureId, ErasurePhase.Calls).ToJson(),
        };
    }

    /// <summary>Runs its steps to the end; what a step began with that crashed, null where none did.</summary>
    private async Task<Job?> RunAsync(Job job)
    {
        for (var i = 0; i < 20; i++)
        {
            try
            {
                var step = await Kind.RunAsync(job, default);
                if (step.State == JobState.Done)
                {
                    return null;
                }

                job = step.Progress;
            }
            catch (CrashException)
            {
                return job;
            }
        }

        throw new InvalidOperationException($"It does not end: {job.Payload}");
    }

    private Task<IReadOnlyList<string>> TracesAsync() =>
        TracesAsync("61239874", Number, "Zenobia", "zenobia", "1-1578-0342", "115780342");

    private async Task<IReadOnlyList<string>> TracesAsync(params string[] texts)
    {
        var found = new List<string>();
        foreach (var table in StorageNames.Tables)
        {
            RowKey? after = null;
            while (await _features.Get<ITables>()[table].ScanAsync(after, 1000, default) is { Count: > 0 } page)
            {
                found.AddRange(page
                    .Select(row => $"{table} {row.Partition} {row.Key} {string.Join(' ', row.Columns)}")
                    .Where(row => texts.Any(text => row.Contains(text, StringComparison.Ordinal))));
                after = RowKey.Of(page[^1]);
            }
        }

        return found;
    }

    private static string Body(string action, string callId, string number = "61239874") => $$"""
        {"action":"{{action}}","data":{"callid":"{{callId}}","account_id":"8000001","endpoint_id":"ep-1","ani":"{{number}}",
        "dnis":"ep-1","type":"in","duration":"30","cost":"5"} }
        """;
}
