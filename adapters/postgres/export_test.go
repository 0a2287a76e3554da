package postgres

// ReadSchema is what schema.txt is made by.
var ReadSchema = readSchema
