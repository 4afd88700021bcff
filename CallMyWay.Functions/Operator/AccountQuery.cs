using CallMyWay.Functions.Api;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Operator;

/// <summary>Reads <c>?account=</c>.</summary>
internal static class AccountQuery
{
    /// <summary>The account that a request asks for, by its username or one of its ids; by default the first.</summary>
    public static Account Asked(this Accounts accounts, HttpRequest request, FieldErrors errors) =>
        Asked(accounts, request, errors, accounts.Listed);

    /// <summary>The same, also an account that was taken out of the settings: what is stored of it stays.</summary>
    public static Account AskedOfAll(this Accounts accounts, HttpRequest request, FieldErrors errors) =>
        Asked(accounts, request, errors, accounts.Known);

    private static Account Asked(
        Accounts accounts, HttpRequest request, FieldErrors errors, Func<string, Account?> find)
    {
        if (request.Query["account"].ToString() is not { Length: > 0 } text)
        {
            return accounts.Home;
        }

        if (find(text) is { } account)
        {
            return account;
        }

        errors.Add("account", "No hay una cuenta con este usuario.", "There is no account with this username.");
        return accounts.Home;
    }
}
