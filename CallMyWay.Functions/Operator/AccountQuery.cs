using CallMyWay.Functions.Api;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Operator;

/// <summary>Reads <c>?account=</c>.</summary>
internal static class AccountQuery
{
    /// <summary>The account that a request asks for, by its username or one of its ids; by default the first.</summary>
    public static Account Asked(this Accounts accounts, HttpRequest request, FieldErrors errors)
    {
        if (request.Query["account"].ToString() is not { Length: > 0 } text)
        {
            return accounts.Home;
        }

        if (accounts.Listed(text) is { } account)
        {
            return account;
        }

        errors.Add("account", "No hay una cuenta con este usuario.", "There is no account with this username.");
        return accounts.Home;
    }
}
