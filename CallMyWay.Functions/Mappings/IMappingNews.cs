namespace CallMyWay.Functions.Mappings;

/// <summary>Hears of mappings that an administrator saves or deletes.</summary>
public interface IMappingNews
{
    /// <summary>
    /// A phone is about to become another agent's, or nobody's. To be told before that is stored, as nobody knows
    /// afterwards whose it was. It may not come to be.
    /// </summary>
    /// <param name="mapping">The mapping as it stands.</param>
    /// <param name="to">The agent whose phone it will be; null where the mapping is deleted.</param>
    /// <param name="by">The administrator.</param>
    Task LeavesAsync(Mapping mapping, string? to, string by);

    /// <summary>
    /// A mapping is stored, new or not. It can be told again: whoever repeats a request may have got no further than
    /// the storing.
    /// </summary>
    /// <param name="mapping">The mapping as it is stored.</param>
    /// <param name="savedBy">The administrator.</param>
    Task StoredAsync(Mapping mapping, string savedBy);

    /// <summary>Several mappings were stored at once. It can be told again too.</summary>
    /// <param name="savedBy">The administrator.</param>
    Task ImportedAsync(string savedBy);
}
