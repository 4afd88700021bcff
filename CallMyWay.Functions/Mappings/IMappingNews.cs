namespace CallMyWay.Functions.Mappings;

/// <summary>Hears of mappings that an administrator has saved. To be told once a mapping is stored.</summary>
public interface IMappingNews
{
    /// <summary>
    /// A mapping is stored, new or not. It can be told again: whoever repeats a request may have got no further than
    /// the storing.
    /// </summary>
    /// <param name="mapping">The mapping as it is stored.</param>
    /// <param name="savedBy">The administrator.</param>
    /// <param name="former">The agent whose phone it was before, where that is corrected; null for no other.</param>
    Task StoredAsync(Mapping mapping, string savedBy, string? former = null);

    /// <summary>A mapping is deleted.</summary>
    /// <param name="mapping">The mapping as it was.</param>
    /// <param name="deletedBy">The administrator.</param>
    Task DeletedAsync(Mapping mapping, string deletedBy);

    /// <summary>Several mappings were stored at once. It can be told again too.</summary>
    /// <param name="savedBy">The administrator.</param>
    Task ImportedAsync(string savedBy);
}
