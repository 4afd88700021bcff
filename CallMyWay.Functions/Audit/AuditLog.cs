using System.Net;
using System.Security.Claims;
using CallMyWay.Functions.Api;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Audit;

/// <summary>
/// Writes down who changes what. An entry is written before its change, so that no change is without one, wherever a
/// process ends. It is taken back where the change was refused. Where nobody knows whether the change was made, as the
/// storage failed, the entry stays.
/// </summary>
public sealed class AuditLog(AuditStore store, TimeProvider clock)
{
    /// <summary>Makes a change that can be refused: two storage operations where it is, one where it is made.</summary>
    /// <param name="request">Who asks, and from where.</param>
    /// <param name="change">What is written down.</param>
    /// <param name="make">Makes the change.</param>
    /// <param name="wasMade">Tells by its result whether it was made.</param>
    /// <param name="cancellationToken">Heeded before the change; by default the request's own.</param>
    /// <returns>The result.</returns>
    public Task<T> ChangeAsync<T>(
        HttpRequest request,
        AuditChange change,
        Func<Task<T>> make,
        Func<T, bool> wasMade,
        CancellationToken? cancellationToken = null) => ChangeAsync(
            EntryOf(request, change), make, wasMade, cancellationToken ?? request.HttpContext.RequestAborted);

    /// <summary>The same of a change that a job makes.</summary>
    /// <param name="who">The agent who started it; null where the app did, by the clock.</param>
    /// <param name="change">What is written down.</param>
    /// <param name="make">Makes the change.</param>
    /// <param name="wasMade">Tells by its result whether it was made.</param>
    /// <param name="cancellationToken">Heeded before the change.</param>
    public Task<T> ChangeAsync<T>(
        string? who,
        AuditChange change,
        Func<Task<T>> make,
        Func<T, bool> wasMade,
        CancellationToken cancellationToken) =>
        ChangeAsync(EntryOf(change) with { Who = who }, make, wasMade, cancellationToken);

    private async Task<T> ChangeAsync<T>(
        AuditEntry entry, Func<Task<T>> make, Func<T, bool> wasMade, CancellationToken cancellationToken)
    {
        var row = await store.AddAsync(entry, cancellationToken);
        var result = await make();
        if (!wasMade(result))
        {
            await store.TakeBackAsync(row, CancellationToken.None);
        }

        return result;
    }

    /// <summary>Writes down what has no refusal, before it is done.</summary>
    public async Task WriteAsync(HttpRequest request, AuditChange change, CancellationToken cancellationToken) =>
        await store.AddAsync(EntryOf(request, change), cancellationToken);

    /// <summary>Writes down what a job does.</summary>
    /// <param name="who">The agent who started it; null where the app did, by the clock.</param>
    /// <param name="change">What is written down.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task WriteAsync(string? who, AuditChange change, CancellationToken cancellationToken) =>
        await store.AddAsync(EntryOf(change) with { Who = who }, cancellationToken);

    private AuditEntry EntryOf(HttpRequest request, AuditChange change)
    {
        var user = request.HttpContext.User;
        return EntryOf(change) with
        {
            Who = user.AgentId() ?? change.Who,
            WhoName = user.FindFirstValue(ClaimTypes.Name),
            Address = AddressOf(request.HttpContext.Connection.RemoteIpAddress),
        };
    }

    private AuditEntry EntryOf(AuditChange change)
    {
        var now = clock.GetUtcNow();
        return new AuditEntry
        {
            EntryId = Guid.CreateVersion7(now).ToString("N"),
            At = now,
            What = change.What,
            Id = change.Id,
            Before = change.Before,
            After = change.After,
        };
    }

    private static string? AddressOf(IPAddress? address) =>
        (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
}
