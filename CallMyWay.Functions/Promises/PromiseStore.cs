using CallMyWay.Functions.Calls;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Promises;

/// <summary>The promises to pay.</summary>
public sealed class PromiseStore(ITables tables)
    : DueItemStore<PromiseToPay>(tables, StorageNames.Promises, NextActionKind.Promise, "promiseId", PromisesJson.Default);
