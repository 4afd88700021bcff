namespace CallMyWay.Functions.Contacts;

/// <summary>What counts the calls to each contact. Their folder implements it.</summary>
public interface ICallCounts
{
    /// <summary>
    /// Has the calls to one contact count for another one too. A merge is about to be undone: whose of the two they
    /// were is not known.
    /// </summary>
    Task CountForAsync(string contactId, string otherId, CancellationToken cancellationToken);
}
