using CallMyWay.Functions.Api;
using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using System.Net;

namespace CallMyWay.Functions.Tests.Mappings;

/// <summary>A phone that was assigned by mistake, where the storage fails as that is corrected.</summary>
public abstract class MappingCorrectionTests(TestStorage storage)
{
    [SkippableTheory]
    [InlineData("luis")]
    [InlineData(null)]
    public async Task A_Correction_Of_A_Version_That_Has_Changed_Takes_No_Calls_Back(string? to)
    {
        await using var host = await TestHost.StartAsync(storage);
        using var admin = await host.SignInAsync("admin");
        (await admin.SendJsonAsync(HttpMethod.Put, "/api/mappings/3001", new { agentId = "ana" })).Status.ShouldBe(201);
        var before = (await JobsAsync()).Count;

        var (status, _) = await admin.AskAsync(
            to is null ? HttpMethod.Delete : HttpMethod.Put,
            "/api/mappings/3001",
            to is null ? null : new { agentId = to },
            "an-old-version");

        status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await JobsAsync()).Count.ShouldBe(before);
        ((string?)(await admin.GetObjectAsync("/api/mappings/3001"))["agentId"]).ShouldBe("ana");

        async Task<IReadOnlyList<Job>> JobsAsync() =>
            (await host.Get<JobStore>().ListAsync(MappingTieJob.Name, new PageRequest(10, null), default)).Items;
    }

    [SkippableTheory]
    [InlineData("luis", 200)]
    [InlineData(null, 204)]
    public async Task A_Correction_Whose_Job_Can_Not_Be_Stored_Changes_Nothing_And_Is_Repeated(string? to, int status)
    {
        var gate = new StorageGate();
        await using var host = await TestHost.StartAsync(storage, new() { Services = gate.Before });
        using var admin = await host.SignInAsync("admin");
        (await admin.SendJsonAsync(HttpMethod.Put, "/api/mappings/3001", new { agentId = "ana" })).Status.ShouldBe(201);

        gate.Fail($"insert {StorageNames.Jobs}");
        (await CorrectAsync()).ShouldBe(503);
        ((string?)(await admin.GetObjectAsync("/api/mappings/3001"))["agentId"]).ShouldBe("ana");
        (await CorrectAsync()).ShouldBe(status);

        var jobs = await host.Get<JobStore>().ListAsync(MappingTieJob.Name, new PageRequest(10, null), default);
        var work = MappingTieWork.Read(jobs.Items[0].Payload);
        (work.EndpointId, work.AgentId).ShouldBe(("3001", to));
        // Taken back from her, as soon as the phone is not hers any more.
        var jobId = jobs.Items[0].JobId;
        await Eventually.TrueAsync(async () =>
            await host.Get<JobStore>().GetAsync(MappingTieJob.Name, jobId, default) is { IsOver: true } job
            && MappingTieWork.Read(job.Payload) is { IsAhead: true, Former: null });

        async Task<int> CorrectAsync() => (await admin.SendJsonAsync(
            to is null ? HttpMethod.Delete : HttpMethod.Put,
            "/api/mappings/3001",
            to is null ? null : new { agentId = to })).Status;
    }
}

public sealed class MappingCorrectionTestsOnSqlite() : MappingCorrectionTests(TestStorage.Sqlite);

public sealed class MappingCorrectionTestsOnAzurite() : MappingCorrectionTests(TestStorage.AzuriteInTheLongRun);
