namespace CallMyWay.Functions.Contacts;

/// <summary>Hears of contacts that were saved or deleted. To be told once that is stored.</summary>
public interface IContactNews
{
    /// <summary>
    /// A contact is stored. It can be told again: whoever repeats a request may have got no further than the storing.
    /// </summary>
    /// <param name="contact">The contact as it is stored.</param>
    /// <param name="before">As it was; null for a new one, and where all of it may be news.</param>
    Task StoredAsync(Contact contact, Contact? before);

    /// <summary>A contact is no more.</summary>
    /// <param name="contact">As it was.</param>
    Task DeletedAsync(Contact contact);
}
