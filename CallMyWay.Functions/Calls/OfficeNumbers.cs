using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// The numbers of the office's own phones and lines, as the mappings name them: by the phone, the caller id or the
/// endpoint. From a scan that is at most 30 seconds old; what another process has mapped meanwhile counts after that.
/// </summary>
public sealed class OfficeNumbers(MappingStore mappings, PhoneNumberParser numbers, TimeProvider time)
{
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();

    private (long BeganAt, Task<ILookup<string, PhoneNumber>> Scan)? _known;

    /// <summary>True for a number that one of them is, in whatever form.</summary>
    public async ValueTask<bool> HasAsync(PhoneNumber number, CancellationToken cancellationToken)
    {
        var known = await Beside.Shared(ReadAsync()).WaitAsync(cancellationToken);
        return known[number.MatchKey].Any(own => numbers.Compare(own, number) >= NumberMatch.National);
    }

    private Task<ILookup<string, PhoneNumber>> ReadAsync()
    {
        lock (_gate)
        {
            if (_known is not { } known || time.GetElapsedTime(known.BeganAt) >= Recheck
                || known.Scan is { IsCompleted: true, IsCompletedSuccessfully: false })
            {
                _known = (time.GetTimestamp(), Beside.RunAsync(ScanAsync));
            }

            return _known!.Value.Scan;
        }
    }

    private async Task<ILookup<string, PhoneNumber>> ScanAsync() =>
        (await mappings.ListAsync(CancellationToken.None))
            .SelectMany(mapping => new[] { mapping.Phone, mapping.CallerId, mapping.EndpointId })
            .Where(phone => !string.IsNullOrEmpty(phone))
            .Select(phone => numbers.ParseCaller(phone!))
            .Where(number => number is { Kind: PhoneNumberKind.Number, MatchKey.Length: > 0 })
            .ToLookup(number => number.MatchKey, StringComparer.Ordinal);
}
