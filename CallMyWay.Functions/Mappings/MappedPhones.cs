namespace CallMyWay.Functions.Mappings;

/// <summary>
/// All mappings, as they were read at once. Finds phones as <see cref="MappingStore.FindPhonesAsync"/> does, and reads
/// nothing.
/// </summary>
public sealed class MappedPhones
{
    private readonly Func<string, IReadOnlyList<string>> _namesOf;

    private readonly Func<string, string> _keyOf;

    private readonly ILookup<string, Mapping> _byPhone;

    private readonly Dictionary<string, Mapping> _byId;

    private readonly ILookup<string, Mapping> _bySmallId;

    internal MappedPhones(
        IReadOnlyList<Mapping> mappings, Func<string, string> keyOf, Func<string, IReadOnlyList<string>> namesOf)
    {
        (_keyOf, _namesOf) = (keyOf, namesOf);
        _byPhone = mappings.ToLookup(mapping => keyOf(mapping.Phone), StringComparer.Ordinal);
        _byId = mappings.ToDictionary(mapping => mapping.EndpointId, StringComparer.Ordinal);
        _bySmallId = mappings.ToLookup(mapping => mapping.EndpointId.ToLowerInvariant(), StringComparer.Ordinal);
    }

    /// <summary>The mappings of a phone as a call names it: by its number or username, else by the endpoint's id.</summary>
    public IReadOnlyList<Mapping> Find(string phone, Func<Mapping, bool> wanted)
    {
        if (phone.Length == 0)
        {
            return [];
        }

        foreach (var name in _namesOf(phone))
        {
            List<Mapping> found = [.. _byPhone[_keyOf(name)].Where(wanted)];
            if (found.Count > 0)
            {
                return found;
            }

            if (_byId.TryGetValue(name, out var byId) && wanted(byId))
            {
                return [byId];
            }

            found = [.. _bySmallId[name.ToLowerInvariant()].Where(wanted)];
            if (found.Count > 0)
            {
                return found;
            }
        }

        return [];
    }
}
