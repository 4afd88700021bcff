using System.Collections.Concurrent;
using CallMyWay.Functions.ContactLookup;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Tests.ContactLookup;

/// <summary>What a CRM's answer costs the calls beside it.</summary>
public sealed class LookupWritesTests
{
    [Fact]
    public async Task What_The_Crm_Tells_Is_Stored_Without_A_Sync_Of_Its_Own()
    {
        await using var features = await Features.StartAsync();
        await using var crm = await EventReceiver.StartAsync();
        var isProcessed = new TaskCompletionSource();
        crm.Answer = async (_, context) =>
        {
            await isProcessed.Task;
            await context.Response.WriteAsJsonAsync(new
            {
                contacts = new[] { new { id = "c1", name = "Berta Chaves Ulloa", numbers = new[] { "8888-7777" } } },
            });
        };
        // However long a busy machine takes.
        var settings = new LookupSettings
        {
            Url = crm.Url,
            Enabled = true,
            TimeoutMs = 60_000,
            Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        };
        (await features.Get<LookupStore>().SaveAsync(settings, CancellationToken.None)).ShouldNotBeNull();
        await features.ProcessAsync(Payload.Text("call-start-in.json"));
        var writes = new ConcurrentQueue<(string Table, bool IsRepeatable)>();
        features.Gate.Watch(operation =>
        {
            if (operation.Split(' ') is [not ("get" or "query" or "scan"), var table, ..])
            {
                writes.Enqueue((table, RepeatableWrites.AreUnderWay));
            }
        });
        isProcessed.SetResult();
        await Eventually.TrueAsync(async () => (await features.CallAsync())?.Candidates.Count == 1);

        features.Gate.Open();
        writes.Select(write => write.Table).ShouldContain("contacts");
        writes.Select(write => write.Table).ShouldContain("calls");
        writes.ShouldAllBe(write => write.IsRepeatable);
    }
}
